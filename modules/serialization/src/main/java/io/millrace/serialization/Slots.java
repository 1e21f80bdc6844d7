// SPDX-License-Identifier: Apache-2.0
package io.millrace.serialization;

import com.esotericsoftware.kryo.Registration;
import com.esotericsoftware.kryo.Serializer;
import java.lang.reflect.Modifier;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The kinds of slots, and which one a declared type gets. */
final class Slots {
    private Slots() {}

    static Slot of(ResolvedType type) {
        Class<?> raw = type.raw();
        if (raw.isPrimitive()) {
            return new Primitive(raw);
        }
        if (raw == Optional.class) {
            return new OptionalOf(of(type.argument(0)));
        }
        if (Containers.isCollection(raw)) {
            return new CollectionOf(raw, of(type.argument(0)));
        }
        if (Containers.isMap(raw)) {
            return new MapOf(raw, of(type.argument(0)), of(type.argument(1)));
        }
        boolean closed = ValueCodecs.isLeaf(raw) || raw.isEnum() || Modifier.isFinal(raw.getModifiers());
        return closed ? new Closed(raw) : new Open(raw);
    }

    private static CodecException wrongClass(Class<?> expected, Class<?> found) {
        return new CodecException("Expected a " + expected.getName() + ", found a " + found.getName()
                + ": the bytes are damaged or of another type.");
    }

    /** A primitive: never null, no box in the bytes. */
    static final class Primitive extends Slot {
        private final Class<?> box;
        private @Nullable Serializer<Object> serializer;

        Primitive(Class<?> type) {
            this.box = ValueCodecs.boxed(type);
        }

        @Override
        void write(ValueKryo kryo, KryoBytes.Out out, @Nullable Object value) {
            if (value == null) {
                throw new CodecException("Expected a " + box.getName() + ", found null.");
            }
            serializer(kryo).write(kryo, out, value);
        }

        @Override
        Object read(ValueKryo kryo, KryoBytes.In in) {
            return serializer(kryo).read(kryo, in, box);
        }

        @Override
        @Nullable
        Object copy(ValueKryo kryo, @Nullable Object value) {
            return value;
        }

        private Serializer<Object> serializer(ValueKryo kryo) {
            if (serializer == null) {
                serializer = kryo.serializerOf(box);
            }
            return serializer;
        }
    }

    /** A class without subclasses: a byte for null or not, then the value. */
    static final class Closed extends Slot {
        private final Class<?> type;
        private @Nullable Serializer<Object> serializer;

        Closed(Class<?> type) {
            this.type = type;
        }

        @Override
        void write(ValueKryo kryo, KryoBytes.Out out, @Nullable Object value) {
            kryo.writeObjectOrNull(out, type.cast(value), serializer(kryo));
        }

        @Override
        @Nullable
        Object read(ValueKryo kryo, KryoBytes.In in) {
            return kryo.readObjectOrNull(in, type, serializer(kryo));
        }

        @Override
        @Nullable
        Object copy(ValueKryo kryo, @Nullable Object value) {
            return value == null ? null : serializer(kryo).copy(kryo, value);
        }

        private Serializer<Object> serializer(ValueKryo kryo) {
            if (serializer == null) {
                serializer = kryo.serializerOf(type);
            }
            return serializer;
        }
    }

    /** A type with subtypes: the number of the value's class, then the value. */
    static final class Open extends Slot {
        private final Class<?> type;

        Open(Class<?> type) {
            this.type = type;
        }

        @Override
        void write(ValueKryo kryo, KryoBytes.Out out, @Nullable Object value) {
            kryo.writeClassAndObject(out, type.cast(value));
        }

        @Override
        @Nullable
        Object read(ValueKryo kryo, KryoBytes.In in) {
            Object value = kryo.readClassAndObject(in);
            if (value != null && !type.isInstance(value)) {
                throw wrongClass(type, value.getClass());
            }
            return value;
        }

        @Override
        @Nullable
        Object copy(ValueKryo kryo, @Nullable Object value) {
            return value == null ? null : kryo.serializerOf(value.getClass()).copy(kryo, value);
        }
    }

    /** An optional: a byte, then the value. */
    static final class OptionalOf extends Slot {
        private static final int NULL = 0;
        private static final int EMPTY = 1;
        private static final int PRESENT = 2;

        private final Slot content;

        OptionalOf(Slot content) {
            this.content = content;
        }

        @Override
        void write(ValueKryo kryo, KryoBytes.Out out, @Nullable Object value) {
            if (value == null) {
                out.writeByte(NULL);
                return;
            }
            Optional<?> optional = (Optional<?>) value;
            out.writeByte(optional.isPresent() ? PRESENT : EMPTY);
            if (optional.isPresent()) {
                content.write(kryo, out, optional.get());
            }
        }

        @Override
        @Nullable
        Object read(ValueKryo kryo, KryoBytes.In in) {
            byte kind = in.readByte();
            return switch (kind) {
                case NULL -> null;
                case EMPTY -> Optional.empty();
                case PRESENT -> Optional.of(java.util.Objects.requireNonNull(content.read(kryo, in)));
                default -> throw new CodecException("Expected an Optional, found " + kind + ": the bytes are damaged.");
            };
        }

        @Override
        @Nullable
        Object copy(ValueKryo kryo, @Nullable Object value) {
            Object inside = value == null ? null : ((Optional<?>) value).orElse(null);
            Object copy = content.copy(kryo, inside);
            return copy == inside ? value : Optional.ofNullable(copy);
        }
    }

    /** A collection whose elements' type is known: the number of its class, then elements without theirs. */
    static final class CollectionOf extends Slot {
        private final Class<?> declared;
        private final Slot element;

        CollectionOf(Class<?> declared, Slot element) {
            this.declared = declared;
            this.element = element;
        }

        @Override
        void write(ValueKryo kryo, KryoBytes.Out out, @Nullable Object value) {
            Registration registration = kryo.writeClass(out, value == null ? null : value.getClass());
            if (value != null) {
                ContainerSerializers.checkIsContainer(registration.getType());
                ContainerSerializers.writeCollection(kryo, out, value, element);
            }
        }

        @Override
        @Nullable
        Object read(ValueKryo kryo, KryoBytes.In in) {
            Registration registration = kryo.readClass(in);
            if (registration == null) {
                return null;
            }
            Class<?> type = registration.getType();
            if (!declared.isAssignableFrom(type) || !ContainerSerializers.isCollection(type)) {
                throw wrongClass(declared, type);
            }
            return ContainerSerializers.readCollection(kryo, in, type, element);
        }

        @Override
        @Nullable
        Object copy(ValueKryo kryo, @Nullable Object value) {
            return value == null ? null : ContainerSerializers.copyCollection(kryo, value, element);
        }
    }

    /** A map whose keys' and values' types are known. */
    static final class MapOf extends Slot {
        private final Class<?> declared;
        private final Slot key;
        private final Slot value;

        MapOf(Class<?> declared, Slot key, Slot value) {
            this.declared = declared;
            this.key = key;
            this.value = value;
        }

        @Override
        void write(ValueKryo kryo, KryoBytes.Out out, @Nullable Object map) {
            Registration registration = kryo.writeClass(out, map == null ? null : map.getClass());
            if (map != null) {
                ContainerSerializers.checkIsContainer(registration.getType());
                ContainerSerializers.writeMap(kryo, out, map, key, value);
            }
        }

        @Override
        @Nullable
        Object read(ValueKryo kryo, KryoBytes.In in) {
            Registration registration = kryo.readClass(in);
            if (registration == null) {
                return null;
            }
            Class<?> type = registration.getType();
            if (!declared.isAssignableFrom(type) || !ContainerSerializers.isMap(type)) {
                throw wrongClass(declared, type);
            }
            return ContainerSerializers.readMap(kryo, in, type, key, value);
        }

        @Override
        @Nullable
        Object copy(ValueKryo kryo, @Nullable Object map) {
            return map == null ? null : ContainerSerializers.copyMap(kryo, map, key, value);
        }
    }
}
