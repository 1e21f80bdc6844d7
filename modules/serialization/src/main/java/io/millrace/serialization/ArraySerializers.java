// SPDX-License-Identifier: Apache-2.0
package io.millrace.serialization;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import java.lang.reflect.Array;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Writes arrays: a count that is checked before room is made, then the elements, primitives at fixed width. */
final class ArraySerializers {
    private static final int MAX_PRESIZE = 1024;

    private ArraySerializers() {}

    static Serializer<Object> of(Class<?> arrayType) {
        Class<?> component = arrayType.getComponentType();
        return component.isPrimitive() ? new Primitives(component) : new Objects(component);
    }

    private static final class Primitives extends Serializer<Object> {
        private final Class<?> component;

        private Primitives(Class<?> component) {
            super(false, false);
            this.component = component;
        }

        @Override
        public void write(Kryo kryo, Output output, Object array) {
            int length = Array.getLength(array);
            output.writeVarInt(length, true);
            if (array instanceof boolean[] booleans) {
                output.writeBooleans(booleans, 0, length);
            } else if (array instanceof short[] shorts) {
                output.writeShorts(shorts, 0, length);
            } else if (array instanceof char[] chars) {
                output.writeChars(chars, 0, length);
            } else if (array instanceof int[] ints) {
                output.writeInts(ints, 0, length);
            } else if (array instanceof long[] longs) {
                output.writeLongs(longs, 0, length);
            } else if (array instanceof float[] floats) {
                output.writeFloats(floats, 0, length);
            } else {
                output.writeDoubles((double[]) array, 0, length);
            }
        }

        @Override
        public Object read(Kryo kryo, Input input, Class<?> type) {
            KryoBytes.In in = (KryoBytes.In) input;
            if (component == boolean.class) {
                return in.readBooleans(in.readCount(1));
            } else if (component == short.class) {
                return in.readShorts(in.readCount(Short.BYTES));
            } else if (component == char.class) {
                return in.readChars(in.readCount(Character.BYTES));
            } else if (component == int.class) {
                return in.readInts(in.readCount(Integer.BYTES));
            } else if (component == long.class) {
                return in.readLongs(in.readCount(Long.BYTES));
            } else if (component == float.class) {
                return in.readFloats(in.readCount(Float.BYTES));
            }
            return in.readDoubles(in.readCount(Double.BYTES));
        }

        @Override
        public Object copy(Kryo kryo, Object original) {
            int length = Array.getLength(original);
            Object copy = Array.newInstance(component, length);
            System.arraycopy(original, 0, copy, 0, length);
            return copy;
        }
    }

    private static final class Objects extends Serializer<Object> {
        private final Class<?> component;
        private final Slot element;

        private Objects(Class<?> component) {
            super(false, false);
            this.component = component;
            this.element = Slots.of(ResolvedType.of(component));
        }

        @Override
        public void write(Kryo kryo, Output output, Object value) {
            @Nullable Object[] array = (Object[]) value;
            output.writeVarInt(array.length, true);
            for (Object each : array) {
                element.write((ValueKryo) kryo, (KryoBytes.Out) output, each);
            }
        }

        @Override
        public Object read(Kryo kryo, Input input, Class<?> type) {
            KryoBytes.In in = (KryoBytes.In) input;
            int count = in.readCount(1);
            // Grown as elements come: nested arrays that each claim all bytes left would else take the whole memory.
            @Nullable Object[] array = (Object[]) Array.newInstance(component, Math.min(count, MAX_PRESIZE));
            for (int i = 0; i < count; i++) {
                if (i == array.length) {
                    array = Arrays.copyOf(array, (int) Math.min(count, array.length * 2L));
                }
                array[i] = element.read((ValueKryo) kryo, in);
            }
            return array;
        }

        @Override
        public Object copy(Kryo kryo, Object original) {
            @Nullable Object[] copy = ((Object[]) original).clone();
            for (int i = 0; i < copy.length; i++) {
                copy[i] = element.copy((ValueKryo) kryo, copy[i]);
            }
            return copy;
        }
    }
}
