// SPDX-License-Identifier: Apache-2.0
package io.millrace.serialization;

import org.jspecify.annotations.Nullable;

/**
 * A record's primitives and texts, in the bytes that their slots would write. The names and parameters are those that
 * {@link ValueRecordClass} writes calls to: {@code write(value, kryo, out)} and {@code read} with the type's name.
 */
final class ValueParts {
    private static final int NULL = 0;
    private static final int PRESENT = 1;

    private ValueParts() {}

    static void write(boolean value, ValueKryo kryo, KryoBytes.Out out) {
        out.writeBoolean(value);
    }

    static void write(byte value, ValueKryo kryo, KryoBytes.Out out) {
        out.writeByte(value);
    }

    static void write(short value, ValueKryo kryo, KryoBytes.Out out) {
        out.writeShort(value);
    }

    static void write(char value, ValueKryo kryo, KryoBytes.Out out) {
        out.writeChar(value);
    }

    static void write(int value, ValueKryo kryo, KryoBytes.Out out) {
        out.writeInt(value, false);
    }

    static void write(long value, ValueKryo kryo, KryoBytes.Out out) {
        out.writeZigZag(value);
    }

    static void write(float value, ValueKryo kryo, KryoBytes.Out out) {
        out.writeFloat(value);
    }

    static void write(double value, ValueKryo kryo, KryoBytes.Out out) {
        out.writeDouble(value);
    }

    static void write(@Nullable String value, ValueKryo kryo, KryoBytes.Out out) {
        kryo.checkDepthOfPart();
        if (value == null) {
            out.writeByte(NULL);
        } else {
            out.writeByte(PRESENT);
            out.writeText(value);
        }
    }

    static boolean readBoolean(ValueKryo kryo, KryoBytes.In in) {
        return in.readBoolean();
    }

    static byte readByte(ValueKryo kryo, KryoBytes.In in) {
        return in.readByte();
    }

    static short readShort(ValueKryo kryo, KryoBytes.In in) {
        return in.readShort();
    }

    static char readChar(ValueKryo kryo, KryoBytes.In in) {
        return in.readChar();
    }

    static int readInt(ValueKryo kryo, KryoBytes.In in) {
        return in.readInt(false);
    }

    static long readLong(ValueKryo kryo, KryoBytes.In in) {
        return in.readLong(false);
    }

    static float readFloat(ValueKryo kryo, KryoBytes.In in) {
        return in.readFloat();
    }

    static double readDouble(ValueKryo kryo, KryoBytes.In in) {
        return in.readDouble();
    }

    static @Nullable String readText(ValueKryo kryo, KryoBytes.In in) {
        kryo.checkDepthOfPart();
        return in.readByte() == NULL ? null : in.readText();
    }
}
