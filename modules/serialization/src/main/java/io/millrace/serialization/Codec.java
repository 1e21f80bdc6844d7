// SPDX-License-Identifier: Apache-2.0
package io.millrace.serialization;

/**
 * Writes and reads values of one type. Confined to one thread at a time; {@link #duplicate} gives another thread its
 * own.
 *
 * @param <T> the type
 */
public interface Codec<T> {
    void write(T value, ByteWriter out);

    /**
     * @throws CodecException when the bytes are not of this type, naming what was expected; never anything else, and
     *     never an allocation larger than the bytes that are left
     */
    T read(ByteReader in);

    /** A deep copy, or the value itself where the type is immutable. */
    T copy(T value);

    /** True when values cannot change, so that they may be shared with a snapshot that is being written. */
    boolean isImmutable();

    /** The same codec for another thread. */
    Codec<T> duplicate();

    /**
     * What a reader needs to know to read these bytes later: a short, stable text such as {@code long/1}, kept in the
     * snapshot's manifest and compared at restore.
     */
    String describe();
}
