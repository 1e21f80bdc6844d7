// SPDX-License-Identifier: Apache-2.0
package io.millrace.serialization;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** A growing array of bytes, big-endian. Not thread-safe; meant to be kept and {@link #reset}. */
public final class ByteWriter {
    private static final VarHandle SHORTS = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final int MAX_LENGTH = Integer.MAX_VALUE - 16;

    private byte[] bytes;
    private int position;

    public ByteWriter() {
        this(128);
    }

    public ByteWriter(int initialCapacity) {
        this.bytes = new byte[initialCapacity];
    }

    /** The bytes written, in an array that is longer than they are; valid until the next write. */
    public byte[] array() {
        return bytes;
    }

    /** Number of bytes written. */
    public int position() {
        return position;
    }

    /** Goes on with another array, into which this one's bytes were copied and more were written. */
    void goOnWith(byte[] newBytes, int newPosition) {
        this.bytes = newBytes;
        this.position = newPosition;
    }

    /** Forgets what was written after {@code newPosition}. */
    public void reset(int newPosition) {
        this.position = newPosition;
    }

    public byte[] toByteArray() {
        return Arrays.copyOf(bytes, position);
    }

    public void writeByte(int value) {
        ensure(1);
        bytes[position++] = (byte) value;
    }

    public void writeShort(int value) {
        ensure(2);
        SHORTS.set(bytes, position, (short) value);
        position += 2;
    }

    public void writeInt(int value) {
        ensure(4);
        INTS.set(bytes, position, value);
        position += 4;
    }

    public void writeLong(long value) {
        ensure(8);
        LONGS.set(bytes, position, value);
        position += 8;
    }

    /** Seven bits a byte, lowest first; one byte for 0 to 127. */
    public void writeVarInt(int value) {
        int rest = value;
        ensure(5);
        while ((rest & ~0x7f) != 0) {
            bytes[position++] = (byte) (rest & 0x7f | 0x80);
            rest >>>= 7;
        }
        bytes[position++] = (byte) rest;
    }

    public void writeBytes(byte[] source, int offset, int length) {
        ensure(length);
        System.arraycopy(source, offset, bytes, position, length);
        position += length;
    }

    /** Length in UTF-8 bytes as a varint, then the bytes; a lone surrogate survives as three bytes. */
    public void writeString(String value) {
        int length = Utf8.length(value);
        writeVarInt(length);
        writeUtf8(value, length);
    }

    /** The bytes alone, whose number {@link Utf8#length} has told. */
    void writeUtf8(String value, int length) {
        ensure(length);
        position = Utf8.encode(value, length, bytes, position);
    }

    private void ensure(int more) {
        int needed = Math.addExact(position, more);
        if (needed > bytes.length) {
            bytes = Arrays.copyOf(bytes, grownLength(bytes.length, needed));
        }
    }

    /** How long an array is made that is too short: twice as long, or as long as needed where that is more. */
    static int grownLength(int length, int needed) {
        return Math.max(needed, length < MAX_LENGTH / 2 ? length * 2 : MAX_LENGTH);
    }
}
