// SPDX-License-Identifier: Apache-2.0
package io.millrace.api.types;

import io.millrace.api.Stable;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;

/**
 * Names a type with its generic arguments, where a {@code Class} cannot: {@code new TypeHint<List<Trade>>() {}}.
 * Immutable; equal when the types are equal.
 *
 * @param <T> the type
 */
@Stable
public abstract class TypeHint<T> {
    private final Type type;

    /** Captures {@code T} of the anonymous subclass. */
    protected TypeHint() {
        Type superclass = getClass().getGenericSuperclass();
        if (!(superclass instanceof ParameterizedType parameterized)) {
            throw new IllegalArgumentException("Write new TypeHint<YourType>() {} with the type in angle brackets.");
        }
        this.type = parameterized.getActualTypeArguments()[0];
    }

    private TypeHint(Type type) {
        this.type = type;
    }

    /** Names a class without generic arguments. */
    public static <T> TypeHint<T> of(Class<T> type) {
        return new Plain<>(type);
    }

    /** The type as the JDK describes it. */
    public final Type type() {
        return type;
    }

    /** The class behind the type, without its generic arguments. */
    public final Class<?> rawType() {
        if (type instanceof Class<?> raw) {
            return raw;
        }
        if (type instanceof ParameterizedType parameterized) {
            return (Class<?>) parameterized.getRawType();
        }
        throw new IllegalArgumentException("'" + type + "' is not a class or a class with type arguments.");
    }

    @Override
    public final boolean equals(Object other) {
        return other instanceof TypeHint<?> that && that.type.equals(type);
    }

    @Override
    public final int hashCode() {
        return type.hashCode();
    }

    @Override
    public final String toString() {
        return type.getTypeName();
    }

    private static final class Plain<T> extends TypeHint<T> {
        private Plain(Class<T> type) {
            super(type);
        }
    }
}
