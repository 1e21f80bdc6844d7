// SPDX-License-Identifier: Apache-2.0
package io.millrace.serialization;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import java.lang.reflect.RecordComponent;
import org.jspecify.annotations.Nullable;

/**
 * Writes a record: its components in their order, each by its slot. This is the plain way, for records that are too long
 * for generated code; {@link ValueRecordClass} makes subclasses that write the same bytes.
 */
class RecordSerializer extends Serializer<Object> {
    private final RecordAccess access;
    private final String[] names;
    private final Slot[] slots;

    RecordSerializer(Class<?> type) {
        super(false, false);
        this.access = RecordAccess.of(type);
        RecordComponent[] components = access.components();
        this.names = new String[components.length];
        this.slots = new Slot[components.length];
        for (int i = 0; i < components.length; i++) {
            names[i] = components[i].getName();
            slots[i] = Slots.of(ResolvedType.of(components[i].getGenericType()));
        }
    }

    /** The serializer of a record class. */
    static RecordSerializer of(Class<?> record) {
        return ValueRecordClass.serializerOf(record);
    }

    final Slot slot(int component) {
        return slots[component];
    }

    final RuntimeException problemAt(int component, RuntimeException problem) {
        return FieldProblem.at(names[component], problem);
    }

    final RuntimeException refused(Throwable problem) {
        return access.refused(problem);
    }

    @Override
    public void write(Kryo kryo, Output output, Object value) {
        if (slots.length == 0) {
            output.writeByte(0); // see Slot: at least one byte
        }
        for (int i = 0; i < slots.length; i++) {
            try {
                slots[i].write((ValueKryo) kryo, (KryoBytes.Out) output, access.get(value, i));
            } catch (RuntimeException e) {
                throw problemAt(i, e);
            }
        }
    }

    @Override
    public Object read(Kryo kryo, Input input, Class<?> type) {
        if (slots.length == 0) {
            input.readByte();
        }
        @Nullable Object[] values = new Object[slots.length];
        for (int i = 0; i < slots.length; i++) {
            try {
                values[i] = slots[i].read((ValueKryo) kryo, (KryoBytes.In) input);
            } catch (RuntimeException e) {
                throw problemAt(i, e);
            }
        }
        return access.create(values);
    }

    @Override
    public Object copy(Kryo kryo, Object original) {
        @Nullable Object[] copies = new Object[slots.length];
        boolean changed = false;
        for (int i = 0; i < slots.length; i++) {
            Object component = access.get(original, i);
            // A primitive comes in a new box each time, which is no change.
            copies[i] = slots[i] instanceof Slots.Primitive ? component : slots[i].copy((ValueKryo) kryo, component);
            changed |= copies[i] != component;
        }
        return changed ? access.create(copies) : original;
    }
}
