// SPDX-License-Identifier: Apache-2.0
package io.millrace.serialization;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Reads an array of bytes that may be damaged: every length is checked before it is believed. Not thread-safe. */
public final class ByteReader {
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private byte[] bytes;
    private int limit;
    private int position;

    public ByteReader(byte[] bytes) {
        this(bytes, 0, bytes.length);
    }

    public ByteReader(byte[] bytes, int offset, int length) {
        this.bytes = bytes;
        this.position = offset;
        this.limit = offset + length;
    }

    /** Goes on with other bytes, so that an inner loop needs no new reader. */
    void reset(byte[] newBytes, int newPosition, int newLimit) {
        this.bytes = newBytes;
        this.position = newPosition;
        this.limit = newLimit;
    }

    public byte[] array() {
        return bytes;
    }

    public int position() {
        return position;
    }

    public int remaining() {
        return limit - position;
    }

    public byte readByte() {
        need(1);
        return bytes[position++];
    }

    public int readUnsignedShort() {
        need(2);
        return (bytes[position++] & 0xff) << 8 | bytes[position++] & 0xff;
    }

    public int readInt() {
        need(4);
        int value = (int) INTS.get(bytes, position);
        position += 4;
        return value;
    }

    public long readLong() {
        need(8);
        long value = (long) LONGS.get(bytes, position);
        position += 8;
        return value;
    }

    public int readVarInt() {
        int value = 0;
        for (int shift = 0; shift < 35; shift += 7) {
            byte next = readByte();
            value |= (next & 0x7f) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new CodecException("A variable-length number has more than five bytes: the bytes are damaged.");
    }

    /** A varint that counts bytes or elements: never more than the bytes that are left. */
    public int readLength() {
        int length = readVarInt();
        if (length < 0 || length > remaining()) {
            throw new CodecException("A length of " + Integer.toUnsignedLong(length) + " where " + remaining()
                    + " bytes are left: the bytes are damaged.");
        }
        return length;
    }

    public byte[] readBytes(int length) {
        need(length);
        byte[] result = new byte[length];
        System.arraycopy(bytes, position, result, 0, length);
        position += length;
        return result;
    }

    public void skip(int length) {
        need(length);
        position += length;
    }

    public String readString() {
        int length = readLength();
        String value = Utf8.decode(bytes, position, length);
        position += length;
        return value;
    }

    private void need(int length) {
        if (length < 0 || length > limit - position) {
            throw new CodecException("Needed " + length + " bytes where " + (limit - position)
                    + " are left: the bytes are damaged or of another type.");
        }
    }
}
