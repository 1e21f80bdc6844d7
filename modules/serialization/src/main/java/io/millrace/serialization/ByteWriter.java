// SPDX-License-Identifier: Apache-2.0
package io.millrace.serialization;

import java.util.Arrays;

/** A growing array of bytes, big-endian. Not thread-safe; meant to be kept and {@link #reset}. */
public final class ByteWriter {
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
        bytes[position++] = (byte) (value >>> 8);
        bytes[position++] = (byte) value;
    }

    public void writeInt(int value) {
        ensure(4);
        for (int shift = 24; shift >= 0; shift -= 8) {
            bytes[position++] = (byte) (value >>> shift);
        }
    }

    public void writeLong(long value) {
        ensure(8);
        for (int shift = 56; shift >= 0; shift -= 8) {
            bytes[position++] = (byte) (value >>> shift);
        }
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
            int doubled = bytes.length < MAX_LENGTH / 2 ? bytes.length * 2 : MAX_LENGTH;
            bytes = Arrays.copyOf(bytes, Math.max(needed, doubled));
        }
    }
}
