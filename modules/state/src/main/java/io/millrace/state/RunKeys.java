// SPDX-License-Identifier: Apache-2.0
package io.millrace.state;

import io.millrace.serialization.ByteReader;
import io.millrace.serialization.ByteWriter;
import io.millrace.serialization.Codec;
import io.millrace.serialization.CodecException;

/**
 * The composite key of a run's entries: key group (2 bytes, big-endian), state number (2 bytes), key, namespace. The
 * key's bytes are preceded by their length as a varint, so that key and namespace can be told apart. A timer's
 * namespace bytes begin with its timestamp: 8 bytes, sign flipped, so that byte order is the order of time.
 *
 * <p>What follows key group and state number is the <em>entry key</em>: it says the same in every run, while a state's
 * number is the run's own.
 */
public final class RunKeys {
    /** Bytes of key group and state number. */
    public static final int PREFIX_LENGTH = 4;

    /** One more than the highest key group, and than the highest state number. */
    public static final int NUMBER_LIMIT = 1 << 16;

    private RunKeys() {}

    /** Writes key group and state number. */
    public static void writePrefix(int keyGroup, int stateNumber, ByteWriter out) {
        if (keyGroup < 0 || keyGroup >= NUMBER_LIMIT || stateNumber < 0 || stateNumber >= NUMBER_LIMIT) {
            throw new IllegalArgumentException("Key group " + keyGroup + " and state number " + stateNumber
                    + " must both be 0 to " + (NUMBER_LIMIT - 1) + ".");
        }
        out.writeShort(keyGroup);
        out.writeShort(stateNumber);
    }

    /**
     * Writes the key after its length.
     *
     * @param scratch is overwritten
     */
    public static <K> void writeKey(K key, Codec<K> codec, ByteWriter scratch, ByteWriter out) {
        scratch.reset(0);
        codec.write(key, scratch);
        out.writeVarInt(scratch.position());
        out.writeBytes(scratch.array(), 0, scratch.position());
    }

    /** Writes a timer's timestamp, in milliseconds, so that earlier ones come first in byte order. */
    public static void writeTimestamp(long timestamp, ByteWriter out) {
        out.writeLong(timestamp ^ Long.MIN_VALUE);
    }

    /** Reads what {@link #writeTimestamp} wrote. */
    public static long readTimestamp(ByteReader in) {
        return in.readLong() ^ Long.MIN_VALUE;
    }

    /** The key group of a composite key. */
    public static int keyGroup(byte[] compositeKey) {
        return (compositeKey[0] & 0xff) << 8 | compositeKey[1] & 0xff;
    }

    /** The number, in its run, of the state that a composite key belongs to. */
    public static int stateNumber(byte[] compositeKey) {
        return (compositeKey[2] & 0xff) << 8 | compositeKey[3] & 0xff;
    }

    /**
     * Reads the key from the beginning of an entry key; the namespace is what is left in {@code in} afterwards.
     *
     * @throws CodecException when the bytes are damaged
     */
    public static <K> K readKey(ByteReader in, Codec<K> codec) {
        int length = in.readLength();
        ByteReader keyBytes = new ByteReader(in.array(), in.position(), length);
        K key = codec.read(keyBytes);
        in.skip(length);
        requireEnd(keyBytes, "key");
        return key;
    }

    /**
     * Checks that nothing is left.
     *
     * @throws CodecException when bytes are left
     */
    public static void requireEnd(ByteReader in, String what) {
        if (in.remaining() != 0) {
            throw new CodecException(
                    in.remaining() + " bytes are left after the " + what + ": the bytes are of another type.");
        }
    }

    /**
     * Checks that a composite key has all its parts, for readers of files that may be damaged.
     *
     * @throws CodecException when it has not
     */
    public static void requireWellFormed(byte[] compositeKey, int stateCount) {
        requireWellFormed(compositeKey, compositeKey.length, stateCount);
    }

    /** The same for a key at the beginning of a longer array. */
    public static void requireWellFormed(byte[] compositeKey, int keyLength, int stateCount) {
        ByteReader in = new ByteReader(compositeKey, 0, keyLength);
        in.readUnsignedShort();
        int stateNumber = in.readUnsignedShort();
        if (stateNumber >= stateCount) {
            throw new CodecException("State number " + stateNumber + " where " + stateCount + " states are declared.");
        }
        in.skip(in.readLength());
    }
}
