// SPDX-License-Identifier: Apache-2.0
package io.millrace.serialization;

import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** The codec of keys without parts. */
final class ScalarKeyCodec<K> implements KeyCodec<K> {
    private final String description;
    private final BiConsumer<K, ByteWriter> writer;
    private final Function<ByteReader, K> reader;
    private final @Nullable ToIntFunction<K> fastHash;
    private final ByteWriter scratch = new ByteWriter(32);

    ScalarKeyCodec(String description, BiConsumer<K, ByteWriter> writer, Function<ByteReader, K> reader) {
        this(description, writer, reader, null);
    }

    private ScalarKeyCodec(
            String description,
            BiConsumer<K, ByteWriter> writer,
            Function<ByteReader, K> reader,
            @Nullable ToIntFunction<K> fastHash) {
        this.description = description;
        this.writer = writer;
        this.reader = reader;
        this.fastHash = fastHash;
    }

    /** The same, with a way to the hash that makes no bytes. */
    ScalarKeyCodec<K> withHash(ToIntFunction<K> hash) {
        return new ScalarKeyCodec<>(description, writer, reader, hash);
    }

    @Override
    public int hash(K key) {
        if (key == null) {
            throw KeyCodecs.isNull(description);
        }
        return fastHash != null ? fastHash.applyAsInt(key) : hashBytes(this, key, scratch);
    }

    static <K> int hashBytes(KeyCodec<K> codec, K key, ByteWriter scratch) {
        scratch.reset(0);
        codec.write(key, scratch);
        return Murmur3.hash(scratch.array(), 0, scratch.position());
    }

    @Override
    public void write(K key, ByteWriter out) {
        if (key == null) {
            throw KeyCodecs.isNull(description);
        }
        writer.accept(key, out);
    }

    @Override
    public K read(ByteReader in) {
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
    public K copy(K key) {
        return key;
    }

    @Override
    public boolean isImmutable() {
        return true;
    }

    @Override
    public KeyCodec<K> duplicate() {
        return new ScalarKeyCodec<>(description, writer, reader, fastHash);
    }

    @Override
    public String describe() {
        return description;
    }
}
