// SPDX-License-Identifier: Apache-2.0
package io.millrace.serialization;

import io.millrace.api.types.TypeHint;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds codecs of types. One a subtask; not thread-safe. */
public final class Codecs {
    /**
     * @param registeredTypes classes that the job registered, by id
     */
    public Codecs(Map<Integer, Class<?>> registeredTypes) {}

    /**
     * The codec of a type.
     *
     * @throws CodecException when a part of it has none, with the path to the field and what to do
     */
    public <T> Codec<T> forType(TypeHint<T> type) {
        throw new UnsupportedOperationException(type.toString());
    }

    /** The codec of a declared type, or one that writes each value's class with it where no type was declared. */
    @SuppressWarnings("unchecked")
    public <T> Codec<T> forTypeOrSelfDescribing(@Nullable TypeHint<?> type) {
        return type == null ? (Codec<T>) selfDescribing() : (Codec<T>) forType(type);
    }

    /** A codec that writes each value's class with it: records, enums, boxed and registered classes. */
    public Codec<Object> selfDescribing() {
        throw new UnsupportedOperationException();
    }

    /**
     * The codec of keys of a type.
     *
     * @param type the declared type, or null to let the first key's class decide
     * @throws CodecException when the type has no canonical bytes, with the path to the field
     */
    public <K> KeyCodec<K> forKey(@Nullable TypeHint<K> type) {
        throw new UnsupportedOperationException(String.valueOf(type));
    }
}
