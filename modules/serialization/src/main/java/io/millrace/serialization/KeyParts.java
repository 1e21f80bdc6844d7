// SPDX-License-Identifier: Apache-2.0
package io.millrace.serialization;

/**
 * Numbers in keys: big-endian with the sign flipped. The names and parameters are those that {@link KeyRecordClass}
 * writes calls to: {@code write(value, out)} and {@code read} with the primitive's name.
 */
final class KeyParts {
    private KeyParts() {}

    static void write(boolean value, ByteWriter out) {
        out.writeByte(value ? 1 : 0);
    }

    static void write(char value, ByteWriter out) {
        out.writeShort(value);
    }

    static void write(byte value, ByteWriter out) {
        out.writeByte(value ^ 0x80);
    }

    static void write(short value, ByteWriter out) {
        out.writeShort(value ^ 0x8000);
    }

    static void write(int value, ByteWriter out) {
        out.writeInt(value ^ Integer.MIN_VALUE);
    }

    static void write(long value, ByteWriter out) {
        out.writeLong(value ^ Long.MIN_VALUE);
    }

    static boolean readBoolean(ByteReader in) {
        return ValueCodecs.readFlag(in);
    }

    static char readChar(ByteReader in) {
        return (char) in.readUnsignedShort();
    }

    static byte readByte(ByteReader in) {
        return (byte) (in.readByte() ^ 0x80);
    }

    static short readShort(ByteReader in) {
        return (short) (in.readUnsignedShort() ^ 0x8000);
    }

    static int readInt(ByteReader in) {
        return in.readInt() ^ Integer.MIN_VALUE;
    }

    static long readLong(ByteReader in) {
        return in.readLong() ^ Long.MIN_VALUE;
    }

    /** Goes on with a hash by the four bytes that {@link #write(int, ByteWriter)} would write. */
    static int mix(int hash, int value) {
        return Murmur3.mixInt(hash, value ^ Integer.MIN_VALUE);
    }

    /** Goes on with a hash by the eight bytes that {@link #write(long, ByteWriter)} would write. */
    static int mix(int hash, long value) {
        return Murmur3.mixLong(hash, value ^ Long.MIN_VALUE);
    }
}
