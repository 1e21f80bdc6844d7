// SPDX-License-Identifier: Apache-2.0
package io.millrace.serialization;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import java.lang.reflect.Field;
import java.util.List;

/** Writes an object of a user's class: its fields in the order that {@link PojoAccess} gives, each by its slot. */
final class PojoSerializer extends Serializer<Object> {
    private final PojoAccess access;
    private final String[] names;
    private final Slot[] slots;

    PojoSerializer(Class<?> type) {
        super(false, false);
        this.access = PojoAccess.of(type);
        List<Field> fields = access.fields();
        this.names = new String[fields.size()];
        this.slots = new Slot[fields.size()];
        for (int i = 0; i < slots.length; i++) {
            names[i] = fields.get(i).getName();
            slots[i] = Slots.of(ResolvedType.of(fields.get(i).getGenericType()));
        }
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
                throw FieldProblem.at(names[i], e);
            }
        }
    }

    @Override
    public Object read(Kryo kryo, Input input, Class<?> type) {
        if (slots.length == 0) {
            input.readByte();
        }
        Object value = access.create();
        for (int i = 0; i < slots.length; i++) {
            try {
                access.set(value, i, slots[i].read((ValueKryo) kryo, (KryoBytes.In) input));
            } catch (RuntimeException e) {
                throw FieldProblem.at(names[i], e);
            }
        }
        return value;
    }

    @Override
    public Object copy(Kryo kryo, Object original) {
        Object copy = access.create();
        for (int i = 0; i < slots.length; i++) {
            access.set(copy, i, slots[i].copy((ValueKryo) kryo, access.get(original, i)));
        }
        return copy;
    }
}
