// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.state;

import io.millrace.api.state.ListState;
import io.millrace.serialization.ByteReader;
import io.millrace.serialization.Codec;
import io.millrace.serialization.CodecException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;

/** A list of one subtask. */
final class OperatorList<T> implements ListState<T>, HeldOperatorState {
    private final OperatorStateMeta meta;
    private final Codec<T> codec;
    private List<T> elements = new ArrayList<>();
    private boolean shared;

    OperatorList(OperatorStateMeta meta, Codec<T> codec) {
        this.meta = meta;
        this.codec = codec;
    }

    @Override
    public void add(T value) {
        own().add(Objects.requireNonNull(value, "value"));
    }

    @Override
    public List<T> get() {
        return Collections.unmodifiableList(elements);
    }

    @Override
    public void update(List<T> values) {
        elements = new ArrayList<>(List.copyOf(values));
        shared = false;
    }

    @Override
    public void clear() {
        update(List.of());
    }

    private List<T> own() {
        if (shared) {
            update(elements);
        }
        return elements;
    }

    @Override
    public OperatorStateMeta meta() {
        return meta;
    }

    @Override
    public FrozenOperatorState freeze() {
        Codec<T> writer = codec.duplicate();
        List<T> frozen = elements;
        if (codec.isImmutable()) {
            shared = true;
        } else {
            frozen = new ArrayList<>(elements);
            frozen.replaceAll(codec::copy);
        }
        List<T> written = frozen;
        return new FrozenOperatorState(meta, out -> {
            out.writeVarInt(written.size());
            written.forEach(element -> writer.write(element, out));
        });
    }

    @Override
    public void restore(ByteReader content) {
        int size = content.readVarInt();
        if (size < 0) {
            throw new CodecException("a list has " + Integer.toUnsignedLong(size) + " elements");
        }
        List<T> own = own();
        for (int i = 0; i < size; i++) {
            own.add(codec.read(content));
        }
    }
}
