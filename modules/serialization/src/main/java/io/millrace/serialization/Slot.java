// SPDX-License-Identifier: Apache-2.0
package io.millrace.serialization;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import org.jspecify.annotations.Nullable;

/**
 * A place that holds a value of a declared type: a record's component, a field, an element. Knowing the type, it writes
 * no more than the value needs and takes nothing else back. Each writes at least one byte for any value, null too, so
 * that a count of elements can be checked against the bytes left. Confined to the thread of its Kryo.
 */
abstract class Slot {
    abstract void write(ValueKryo kryo, KryoBytes.Out out, @Nullable Object value);

    abstract @Nullable Object read(ValueKryo kryo, KryoBytes.In in);

    /** A deep copy; the very same object means that nothing in it can change. */
    abstract @Nullable Object copy(ValueKryo kryo, @Nullable Object value);

    /** This slot in Kryo's clothes. */
    final Serializer<Object> asSerializer() {
        return new Serializer<>(false, false) {
            @Override
            public void write(Kryo kryo, Output output, Object value) {
                Slot.this.write((ValueKryo) kryo, (KryoBytes.Out) output, value);
            }

            @Override
            public Object read(Kryo kryo, Input input, Class<?> type) {
                Object value = Slot.this.read((ValueKryo) kryo, (KryoBytes.In) input);
                if (value == null) {
                    throw new CodecException("Expected a value, found null: the bytes are damaged.");
                }
                return value;
            }

            @Override
            public Object copy(Kryo kryo, Object original) {
                return java.util.Objects.requireNonNull(Slot.this.copy((ValueKryo) kryo, original));
            }
        };
    }
}
