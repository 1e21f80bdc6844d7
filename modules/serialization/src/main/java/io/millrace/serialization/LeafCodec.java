// SPDX-License-Identifier: Apache-2.0
package io.millrace.serialization;

import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** A codec of a type that has no parts of its own. Has no state: any number of threads may share it. */
final class LeafCodec<T> implements Codec<T> {
    private final String description;
    private final BiConsumer<T, ByteWriter> writer;
    private final Function<ByteReader, T> reader;
    private final boolean immutable;
    private final UnaryOperator<T> copier;

    private LeafCodec(
            String description,
            BiConsumer<T, ByteWriter> writer,
            Function<ByteReader, T> reader,
            boolean immutable,
            UnaryOperator<T> copier) {
        this.description = description;
        this.writer = writer;
        this.reader = reader;
        this.immutable = immutable;
        this.copier = copier;
    }

    static <T> LeafCodec<T> immutable(
            String description, BiConsumer<T, ByteWriter> writer, Function<ByteReader, T> reader) {
        return new LeafCodec<>(description, writer, reader, true, UnaryOperator.identity());
    }

    static <T> LeafCodec<T> mutable(
            String description,
            BiConsumer<T, ByteWriter> writer,
            Function<ByteReader, T> reader,
            UnaryOperator<T> copier) {
        return new LeafCodec<>(description, writer, reader, false, copier);
    }

    @Override
    public void write(T value, ByteWriter out) {
        writer.accept(value, out);
    }

    @Override
    public T read(ByteReader in) {
        try {
            return reader.apply(in);
        } catch (CodecException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new CodecException(
                    "Expected a " + description + ", found bytes that are none (" + e.getMessage()
                            + "): the bytes are damaged or of another type.",
                    e);
        }
    }

    @Override
    public T copy(T value) {
        return copier.apply(value);
    }

    @Override
    public boolean isImmutable() {
        return immutable;
    }

    @Override
    public Codec<T> duplicate() {
        return this;
    }

    @Override
    public String describe() {
        return description;
    }
}
