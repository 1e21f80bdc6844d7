// SPDX-License-Identifier: Apache-2.0
package io.millrace.serialization;

import io.millrace.api.types.TypeHint;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds codecs of types. One a subtask; not thread-safe, and nor are the codecs it gives. */
public final class Codecs {
    private final RegisteredTypes registered;
    private final ClassNames classNames;

    /**
     * Codecs that find classes named in bytes by the thread's context class loader.
     *
     * @param registeredTypes classes that the job registered, by id
     * @throws CodecException when an id is not 0 to 9,999 or a class cannot be registered
     */
    public Codecs(Map<Integer, Class<?>> registeredTypes) {
        this(registeredTypes, contextLoader());
    }

    /**
     * Codecs that find classes named in bytes by a class loader of the caller's choice.
     *
     * @param registeredTypes classes that the job registered, by id
     * @param loader the job's class loader; used by {@link #selfDescribing} and undeclared keys alone
     * @throws CodecException when an id is not 0 to 9,999 or a class cannot be registered
     */
    public Codecs(Map<Integer, Class<?>> registeredTypes, ClassLoader loader) {
        this.registered = new RegisteredTypes(registeredTypes);
        this.classNames = new ClassNames(loader, registered);
    }

    private static ClassLoader contextLoader() {
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        return context != null ? context : Codecs.class.getClassLoader();
    }

    /**
     * The codec of a type.
     *
     * @throws CodecException when a part of it has none, with the path to the field and what to do
     */
    @SuppressWarnings("unchecked")
    public <T> Codec<T> forType(TypeHint<T> type) {
        ResolvedType resolved = ResolvedType.of(type.type());
        // Once over the whole type, so that an error has the whole path.
        TypeInspector.inspect(resolved, registered);
        return (Codec<T>) codecOf(resolved);
    }

    private Codec<Object> codecOf(ResolvedType type) {
        Class<?> raw = type.raw();
        Codec<?> leaf = ValueCodecs.find(raw);
        if (leaf != null) {
            return unchecked(leaf);
        }
        if (raw.isEnum()) {
            return new EnumCodec(raw);
        }
        if (raw == Optional.class) {
            return new OptionalCodec(codecOf(type.argument(0)));
        }
        if (Containers.isCollection(raw)) {
            return new CollectionCodec(raw, codecOf(type.argument(0)));
        }
        if (Containers.isMap(raw)) {
            return new MapCodec(raw, codecOf(type.argument(0)), codecOf(type.argument(1)));
        }
        return new KryoCodec<>(TypeInspector.inspect(type, registered));
    }

    @SuppressWarnings("unchecked")
    private static Codec<Object> unchecked(Codec<?> codec) {
        return (Codec<Object>) codec;
    }

    /** The codec of a declared type, or one that writes each value's class with it where no type was declared. */
    @SuppressWarnings("unchecked")
    public <T> Codec<T> forTypeOrSelfDescribing(@Nullable TypeHint<?> type) {
        return type == null ? (Codec<T>) selfDescribing() : (Codec<T>) forType(type);
    }

    /**
     * A codec that writes each value's class with it: boxed and other types without parts, records, enums, permitted
     * subclasses of sealed types, registered classes, and the JDK's containers of these. A class is inspected at its
     * first value; a {@link CodecException} is thrown then if a part of it has no codec.
     */
    public Codec<Object> selfDescribing() {
        return new SelfDescribingCodec(classNames, type -> unchecked(forType(TypeHint.of(type))));
    }

    /**
     * The codec of keys of a type.
     *
     * <p>Without a declared type the first key's class decides, and a key of another class is an error. Each key's bytes
     * then name the class, so that they can be read before the first key was written; the hash is that of the same key
     * under a declared type.
     *
     * @param type the declared type, or null to let the first key's class decide
     * @throws CodecException when the type has no canonical bytes, with the path to the field
     */
    @SuppressWarnings("unchecked")
    public <K> KeyCodec<K> forKey(@Nullable TypeHint<K> type) {
        if (type == null) {
            return (KeyCodec<K>) new UndeclaredKeyCodec(classNames);
        }
        return (KeyCodec<K>) KeyCodecs.of(ResolvedType.of(type.type()));
    }
}
