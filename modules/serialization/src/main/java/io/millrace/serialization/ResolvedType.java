// SPDX-License-Identifier: Apache-2.0
package io.millrace.serialization;

import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A type whose variables have been replaced by what they stand for; a variable that nothing stands for, and a wildcard,
 * by its bound.
 *
 * @param raw the class
 * @param arguments its type arguments, the component of an array, or nothing where none were given
 */
record ResolvedType(Class<?> raw, List<ResolvedType> arguments) {
    private static final Pattern JDK_PACKAGE = Pattern.compile("\\bjava\\.(?:lang|util|time|math)\\.(?=[A-Z])");

    static ResolvedType of(Type type) {
        return of(type, Map.of());
    }

    static ResolvedType of(Type type, Map<TypeVariable<?>, ResolvedType> bindings) {
        if (type instanceof Class<?> raw) {
            return new ResolvedType(raw, raw.isArray() ? List.of(of(raw.getComponentType())) : List.of());
        }
        if (type instanceof ParameterizedType parameterized) {
            List<ResolvedType> arguments = new ArrayList<>();
            for (Type argument : parameterized.getActualTypeArguments()) {
                arguments.add(of(argument, bindings));
            }
            return new ResolvedType((Class<?>) parameterized.getRawType(), List.copyOf(arguments));
        }
        if (type instanceof GenericArrayType array) {
            ResolvedType component = of(array.getGenericComponentType(), bindings);
            return new ResolvedType(component.raw.arrayType(), List.of(component));
        }
        if (type instanceof WildcardType wildcard) {
            return of(wildcard.getUpperBounds()[0], bindings);
        }
        if (type instanceof TypeVariable<?> variable) {
            ResolvedType bound = bindings.get(variable);
            return bound != null ? bound : of(erasure(variable));
        }
        throw new CodecException("The type '" + type.getTypeName() + "' has no codec.");
    }

    /** A bound may speak of its own variable (T extends Comparable&lt;T&gt;): only its class counts. */
    private static Class<?> erasure(Type type) {
        if (type instanceof Class<?> raw) {
            return raw;
        }
        if (type instanceof ParameterizedType parameterized) {
            return (Class<?>) parameterized.getRawType();
        }
        if (type instanceof TypeVariable<?> variable) {
            return erasure(variable.getBounds()[0]);
        }
        return Object.class;
    }

    /** What the class's own type variables stand for; empty where the arguments were left out. */
    Map<TypeVariable<?>, ResolvedType> bindings() {
        TypeVariable<?>[] variables = raw.getTypeParameters();
        Map<TypeVariable<?>, ResolvedType> bindings = new HashMap<>();
        if (!raw.isArray() && variables.length == arguments.size()) {
            for (int i = 0; i < variables.length; i++) {
                bindings.put(variables[i], arguments.get(i));
            }
        }
        return bindings;
    }

    /** A type argument, or Object where it was left out. */
    ResolvedType argument(int index) {
        return index < arguments.size() ? arguments.get(index) : of(Object.class);
    }

    /** A subclass of this type, its variables bound by the way it extends this type. */
    ResolvedType subtype(Class<?> subclass) {
        Map<TypeVariable<?>, ResolvedType> known = new HashMap<>();
        for (Type supertype : supertypes(subclass)) {
            if (supertype instanceof ParameterizedType parameterized && parameterized.getRawType() == raw) {
                bindVariables(parameterized.getActualTypeArguments(), known);
            }
        }
        List<ResolvedType> subArguments = new ArrayList<>();
        for (TypeVariable<?> variable : subclass.getTypeParameters()) {
            subArguments.add(of(variable, known));
        }
        return new ResolvedType(subclass, List.copyOf(subArguments));
    }

    private void bindVariables(Type[] inSubclass, Map<TypeVariable<?>, ResolvedType> known) {
        for (int i = 0; i < inSubclass.length && i < arguments.size(); i++) {
            if (inSubclass[i] instanceof TypeVariable<?> variable) {
                known.put(variable, arguments.get(i));
            }
        }
    }

    private static List<Type> supertypes(Class<?> type) {
        List<Type> all = new ArrayList<>(List.of(type.getGenericInterfaces()));
        if (type.getGenericSuperclass() != null) {
            all.add(type.getGenericSuperclass());
        }
        return all;
    }

    /** How deep type arguments are nested; grows without end for a type that contains itself in ever new arguments. */
    int nesting() {
        int deepest = 0;
        for (ResolvedType argument : arguments) {
            deepest = Math.max(deepest, argument.nesting());
        }
        return deepest + 1;
    }

    /** A type as its source would have it, without the packages that everyone knows. */
    static String readable(Type type) {
        return JDK_PACKAGE.matcher(type.getTypeName()).replaceAll("");
    }

    @Override
    public String toString() {
        if (raw.isArray()) {
            return arguments.get(0) + "[]";
        }
        String name = readable(raw);
        if (arguments.isEmpty()) {
            return name;
        }
        StringBuilder text = new StringBuilder(name).append('<');
        for (int i = 0; i < arguments.size(); i++) {
            text.append(i == 0 ? "" : ",").append(arguments.get(i));
        }
        return text.append('>').toString();
    }
}
