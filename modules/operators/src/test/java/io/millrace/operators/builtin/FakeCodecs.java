// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.builtin;

import io.millrace.api.types.TypeHint;
import io.millrace.serialization.ByteReader;
import io.millrace.serialization.ByteWriter;
import io.millrace.serialization.Codec;
import io.millrace.serialization.Codecs;
import java.util.ArrayList;
import java.util.List;

/** Codecs of values that never become bytes; remembers what types were asked for. */
public final class FakeCodecs implements StateCodecs {
    public final List<TypeHint<?>> asked = new ArrayList<>();

    @Override
    public <T> Codec<T> codecOf(Codecs codecs, TypeHint<?> type) {
        asked.add(type);
        return new InMemory<>();
    }

    private static final class InMemory<T> implements Codec<T> {
        @Override
        public void write(T value, ByteWriter out) {
            throw new UnsupportedOperationException();
        }

        @Override
        public T read(ByteReader in) {
            throw new UnsupportedOperationException();
        }

        @Override
        public T copy(T value) {
            return value;
        }

        @Override
        public boolean isImmutable() {
            return false;
        }

        @Override
        public Codec<T> duplicate() {
            return this;
        }

        @Override
        public String describe() {
            return "memory";
        }
    }
}
