// SPDX-License-Identifier: Apache-2.0
package io.millrace.serialization;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes the JDK's containers inside records: a count, then the elements by their slot. */
final class ContainerSerializers {
    private ContainerSerializers() {}

    static boolean isCollection(Class<?> type) {
        return Containers.collections().contains(type)
                || type == Containers.IMMUTABLE_LIST
                || type == Containers.IMMUTABLE_SET;
    }

    static boolean isMap(Class<?> type) {
        return Containers.maps().contains(type) || type == Containers.IMMUTABLE_MAP;
    }

    /** A registered class of the user's may be a List too, but then it is written by its fields, not as one. */
    static void checkIsContainer(Class<?> type) {
        if (!isCollection(type) && !isMap(type)) {
            throw new CodecException(type.getName() + " is a collection of its own kind. Declare the part that holds it"
                    + " by this class, or copy it into one of the JDK's collections.");
        }
    }

    static void writeCollection(ValueKryo kryo, KryoBytes.Out out, Object value, Slot element) {
        Containers.checkNaturalOrder(value);
        Collection<?> elements = (Collection<?>) value;
        out.writeVarInt(elements.size(), true);
        for (Object each : elements) {
            element.write(kryo, out, each);
        }
    }

    static Object readCollection(ValueKryo kryo, KryoBytes.In in, Class<?> type, Slot element) {
        int count = in.readCount(1);
        Collection<@Nullable Object> elements = Containers.newCollection(type, count);
        for (int i = 0; i < count; i++) {
            elements.add(element.read(kryo, in));
        }
        return Containers.seal(type, elements);
    }

    static Object copyCollection(ValueKryo kryo, Object value, Slot element) {
        Containers.checkNaturalOrder(value);
        Collection<?> elements = (Collection<?>) value;
        Class<?> type = kryo.getRegistration(value.getClass()).getType();
        checkIsContainer(type);
        boolean changed = !isImmutable(type);
        Collection<@Nullable Object> copies = Containers.newCollection(type, elements.size());
        for (Object each : elements) {
            Object copy = element.copy(kryo, each);
            changed |= copy != each;
            copies.add(copy);
        }
        return changed ? Containers.seal(type, copies) : value;
    }

    static void writeMap(ValueKryo kryo, KryoBytes.Out out, Object value, Slot key, Slot content) {
        Containers.checkNaturalOrder(value);
        Map<?, ?> map = (Map<?, ?>) value;
        out.writeVarInt(map.size(), true);
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            key.write(kryo, out, entry.getKey());
            content.write(kryo, out, entry.getValue());
        }
    }

    static Object readMap(ValueKryo kryo, KryoBytes.In in, Class<?> type, Slot key, Slot content) {
        int count = in.readCount(2);
        Map<@Nullable Object, @Nullable Object> map = Containers.newMap(type, count);
        for (int i = 0; i < count; i++) {
            Object mapKey = key.read(kryo, in);
            map.put(mapKey, content.read(kryo, in));
        }
        return Containers.seal(type, map);
    }

    static Object copyMap(ValueKryo kryo, Object value, Slot key, Slot content) {
        Containers.checkNaturalOrder(value);
        Map<?, ?> map = (Map<?, ?>) value;
        Class<?> type = kryo.getRegistration(value.getClass()).getType();
        checkIsContainer(type);
        boolean changed = !isImmutable(type);
        Map<@Nullable Object, @Nullable Object> copies = Containers.newMap(type, map.size());
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            Object keyCopy = key.copy(kryo, entry.getKey());
            Object contentCopy = content.copy(kryo, entry.getValue());
            changed |= keyCopy != entry.getKey() || contentCopy != entry.getValue();
            copies.put(keyCopy, contentCopy);
        }
        return changed ? Containers.seal(type, copies) : value;
    }

    private static boolean isImmutable(Class<?> type) {
        return type == Containers.IMMUTABLE_LIST
                || type == Containers.IMMUTABLE_SET
                || type == Containers.IMMUTABLE_MAP;
    }

    /** The serializer of a collection whose elements' type is not known. */
    static Serializer<Object> collection(Class<?> type, Slot element) {
        return new Serializer<>(false, false) {
            @Override
            public void write(Kryo kryo, Output output, Object value) {
                writeCollection((ValueKryo) kryo, (KryoBytes.Out) output, value, element);
            }

            @Override
            public Object read(Kryo kryo, Input input, Class<?> ignored) {
                return readCollection((ValueKryo) kryo, (KryoBytes.In) input, type, element);
            }

            @Override
            public Object copy(Kryo kryo, Object original) {
                return copyCollection((ValueKryo) kryo, original, element);
            }
        };
    }

    /** The serializer of a map whose contents' types are not known. */
    static Serializer<Object> map(Class<?> type, Slot key, Slot content) {
        return new Serializer<>(false, false) {
            @Override
            public void write(Kryo kryo, Output output, Object value) {
                writeMap((ValueKryo) kryo, (KryoBytes.Out) output, value, key, content);
            }

            @Override
            public Object read(Kryo kryo, Input input, Class<?> ignored) {
                return readMap((ValueKryo) kryo, (KryoBytes.In) input, type, key, content);
            }

            @Override
            public Object copy(Kryo kryo, Object original) {
                return copyMap((ValueKryo) kryo, original, key, content);
            }
        };
    }
}
