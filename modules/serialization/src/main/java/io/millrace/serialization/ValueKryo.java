// SPDX-License-Identifier: Apache-2.0
package io.millrace.serialization;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.KryoException;
import com.esotericsoftware.kryo.Registration;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import com.esotericsoftware.kryo.util.DefaultClassResolver;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Kryo as Millrace uses it: it knows the classes of one inspected type and no other, by numbers that are part of the
 * format; it never makes an object by any other way than a record's canonical constructor or a class's constructor
 * without parameters; it never looks up a class by a name from the bytes. Not thread-safe.
 *
 * <p>Numbers: 0 to 9 Kryo's own for primitives, from {@value #FIRST_LEAF} the types without parts, from
 * {@value #FIRST_CONTAINER} the JDK's containers, from {@value #FIRST_ARRAY} arrays, from {@value #FIRST_INSPECTED}
 * what was inspected, by name, from {@value #FIRST_REGISTERED} what the job registered, by its ids.
 */
final class ValueKryo extends Kryo {
    /** Deep enough for any sane value, and shallow enough for a stack of half a megabyte. */
    static final int MAX_DEPTH = 500;

    private static final int FIRST_LEAF = 10;
    private static final int FIRST_CONTAINER = 40;
    private static final int FIRST_COLLECTION = 44;
    private static final int FIRST_MAP = 52;
    private static final int FIRST_ARRAY = 60;
    private static final int FIRST_INSPECTED = 80;
    private static final int FIRST_REGISTERED = 10_000;
    private static final List<Class<?>> ARRAYS = List.of(
            boolean[].class,
            short[].class,
            char[].class,
            int[].class,
            long[].class,
            float[].class,
            double[].class,
            Object[].class,
            String[].class);

    private final TypeInspection inspection;

    ValueKryo(TypeInspection inspection) {
        super(new Resolver(), null);
        this.inspection = inspection;
        setRegistrationRequired(true);
        setOptimizedGenerics(false);
        setMaxDepth(MAX_DEPTH);
        registerLeaves();
        registerContainers();
        int arrayId = FIRST_ARRAY;
        for (Class<?> array : ARRAYS) {
            register(array, ArraySerializers.of(array), arrayId++);
        }
        registerInspected(inspection.inspected());
        inspection.registered().forEach((id, type) -> register(type, serializer(type), FIRST_REGISTERED + id));
    }

    private void registerLeaves() {
        int id = FIRST_LEAF;
        for (Map.Entry<Class<?>, LeafCodec<?>> leaf : ValueCodecs.all().entrySet()) {
            if (leaf.getKey() == String.class) {
                register(String.class, new TextSerializer(), 1);
            } else if (java.lang.invoke.MethodType.methodType(leaf.getKey())
                    .unwrap()
                    .returnType()
                    .isPrimitive()) {
                continue; // Kryo's own are there already
            } else {
                register(leaf.getKey(), new LeafSerializer<>(leaf.getValue()), id++);
            }
        }
    }

    private void registerContainers() {
        int id = FIRST_CONTAINER;
        Slot any = new Slots.Open(Object.class);
        register(Optional.class, new Slots.OptionalOf(any).asSerializer(), id++);
        register(Containers.IMMUTABLE_LIST, ContainerSerializers.collection(Containers.IMMUTABLE_LIST, any), id++);
        register(Containers.IMMUTABLE_SET, ContainerSerializers.collection(Containers.IMMUTABLE_SET, any), id++);
        register(Containers.IMMUTABLE_MAP, ContainerSerializers.map(Containers.IMMUTABLE_MAP, any, any), id++);
        id = FIRST_COLLECTION;
        for (Class<?> type : Containers.collections()) {
            register(type, ContainerSerializers.collection(type, any), id++);
        }
        id = FIRST_MAP;
        for (Class<?> type : Containers.maps()) {
            register(type, ContainerSerializers.map(type, any, any), id++);
        }
    }

    private void registerInspected(List<Class<?>> inspected) {
        if (inspected.size() > FIRST_REGISTERED - FIRST_INSPECTED) {
            throw new CodecException(inspection.root() + " reaches " + inspected.size() + " classes, more than "
                    + (FIRST_REGISTERED - FIRST_INSPECTED) + ". Split it.");
        }
        int id = FIRST_INSPECTED;
        for (Class<?> type : inspected) {
            if (!ARRAYS.contains(type)) {
                register(type, serializer(type), id);
            }
            id++;
        }
    }

    private static Serializer<Object> serializer(Class<?> type) {
        if (type.isArray()) {
            return ArraySerializers.of(type);
        }
        if (type.isEnum()) {
            return new EnumSerializer(type);
        }
        return type.isRecord() ? RecordSerializer.of(type) : new PojoSerializer(type);
    }

    @Override
    @SuppressWarnings("rawtypes") // as Kryo declares it
    protected String unregisteredClassMessage(Class type) {
        return type.getName() + " is not among the classes that a " + inspection.root()
                + " can hold. Declare the part that holds it by a record, an enum or a sealed type that permits it, or"
                + " register the class with env.registerType(..).";
    }

    /** Refuses a part that is deeper than {@link #MAX_DEPTH}, as Kryo does for those that it writes itself. */
    void checkDepthOfPart() {
        if (getDepth() == MAX_DEPTH) {
            throw new KryoException("Max depth exceeded: " + MAX_DEPTH);
        }
    }

    /** The serializer of exactly this class. */
    @SuppressWarnings("unchecked")
    Serializer<Object> serializerOf(Class<?> type) {
        return getRegistration(type).getSerializer();
    }

    /** Text, which Kryo would write its own way. */
    private static final class TextSerializer extends Serializer<Object> {
        private TextSerializer() {
            super(false, true);
        }

        @Override
        public void write(Kryo kryo, Output output, Object value) {
            ((KryoBytes.Out) output).writeText((String) value);
        }

        @Override
        public Object read(Kryo kryo, Input input, Class<?> type) {
            return ((KryoBytes.In) input).readText();
        }
    }

    /** A type without parts, by its own codec. */
    private static final class LeafSerializer<T> extends Serializer<T> {
        private final Codec<T> codec;

        private LeafSerializer(Codec<T> codec) {
            super(false, codec.isImmutable());
            this.codec = codec;
        }

        @Override
        public void write(Kryo kryo, Output output, T value) {
            ((KryoBytes.Out) output).writeLeaf(value, codec);
        }

        @Override
        public T read(Kryo kryo, Input input, Class<? extends T> type) {
            return ((KryoBytes.In) input).readLeaf(codec);
        }

        @Override
        public T copy(Kryo kryo, T original) {
            return codec.copy(original);
        }
    }

    /** Constants by name. */
    private static final class EnumSerializer extends Serializer<Object> {
        private final EnumNames names;

        private EnumSerializer(Class<?> type) {
            super(false, true);
            this.names = new EnumNames(type);
        }

        @Override
        public void write(Kryo kryo, Output output, Object value) {
            byte[] name = names.nameOf(value);
            output.writeVarInt(name.length, true);
            output.writeBytes(name);
        }

        @Override
        public Object read(Kryo kryo, Input input, Class<?> type) {
            return ((KryoBytes.In) input).readName(names);
        }
    }

    /** Knows which class stands in for the JDK's hidden ones, and refuses class names in the bytes. */
    private static final class Resolver extends DefaultClassResolver {
        @Override
        @SuppressWarnings("rawtypes") // as Kryo declares it
        public @Nullable Registration getRegistration(Class type) {
            Registration known = super.getRegistration(type);
            if (known != null) {
                return known;
            }
            Class<?> standIn = ZoneId.class.isAssignableFrom(type) ? ZoneId.class : Containers.standIn(type);
            Registration registration = standIn == null ? null : super.getRegistration(standIn);
            if (registration != null) {
                classToRegistration.put(type, registration);
            }
            return registration;
        }

        @Override
        protected Registration readName(Input input) {
            throw new CodecException("Expected the number of a class, found a name: the bytes are damaged.");
        }
    }
}
