// SPDX-License-Identifier: Apache-2.0
package io.millrace.serialization;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.RecordComponent;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Takes a record apart and puts it together, however private it is: the components' fields are read and the canonical
 * constructor is called, so what the constructor checks is checked on reading too. Immutable.
 */
final class RecordAccess {
    private static final ClassValue<RecordAccess> CACHE = new ClassValue<>() {
        @Override
        protected RecordAccess computeValue(Class<?> type) {
            return new RecordAccess(type);
        }
    };

    private final Class<?> type;
    private final RecordComponent[] components;
    private final MethodHandle[] typedGetters;
    private final MethodHandle[] getters;
    private final MethodHandle typedConstructor;
    private final MethodHandle constructor;

    private RecordAccess(Class<?> type) {
        this.type = type;
        this.components = type.getRecordComponents();
        this.typedGetters = new MethodHandle[components.length];
        this.getters = new MethodHandle[components.length];
        Class<?>[] types = new Class<?>[components.length];
        try {
            MethodHandles.Lookup lookup = MethodHandles.privateLookupIn(type, MethodHandles.lookup());
            for (int i = 0; i < components.length; i++) {
                types[i] = components[i].getType();
                MethodHandle getter = lookup.findGetter(type, components[i].getName(), types[i]);
                typedGetters[i] = getter.asType(getter.type().erase());
                getters[i] = getter.asType(MethodType.methodType(Object.class, Object.class));
            }
            this.typedConstructor = lookup.findConstructor(type, MethodType.methodType(void.class, types));
            this.constructor = typedConstructor
                    .asSpreader(Object[].class, types.length)
                    .asType(MethodType.methodType(Object.class, Object[].class));
        } catch (ReflectiveOperationException e) {
            throw inaccessible(type, e);
        }
    }

    /**
     * @throws CodecException when the record's module does not let its inside be seen
     */
    static RecordAccess of(Class<?> record) {
        return CACHE.get(record);
    }

    static CodecException inaccessible(Class<?> type, Exception cause) {
        return new CodecException(
                type.getName() + " cannot be accessed (" + cause.getMessage() + "). Open its package: add 'opens "
                        + type.getPackageName() + ";' to its module-info.java.",
                cause);
    }

    RecordComponent[] components() {
        return components.clone();
    }

    Class<?>[] componentTypes() {
        return typedConstructor.type().parameterArray();
    }

    /** Reads a component: from Object to the primitive that it is, or Object. */
    MethodHandle getter(int component) {
        return typedGetters[component];
    }

    /**
     * Makes a record: from the components to Object.
     *
     * @param parameterTypes gives the type in which a component comes; whatever is no primitive then comes as Object,
     *     but text as text
     */
    MethodHandle constructor(UnaryOperator<Class<?>> parameterTypes) {
        Class<?>[] types = componentTypes();
        for (int i = 0; i < types.length; i++) {
            Class<?> wanted = parameterTypes.apply(types[i]);
            types[i] = wanted.isPrimitive() || wanted == String.class ? wanted : Object.class;
        }
        return typedConstructor.asType(MethodType.methodType(Object.class, types));
    }

    @Nullable
    Object get(Object value, int component) {
        try {
            return (Object) getters[component].invokeExact(value);
        } catch (Throwable e) {
            throw unchecked(e);
        }
    }

    Object create(@Nullable Object[] values) {
        try {
            return (Object) constructor.invokeExact(values);
        } catch (Throwable e) {
            throw refused(e);
        }
    }

    /** What to throw when the constructor threw this. */
    RuntimeException refused(Throwable problem) {
        if (problem instanceof CodecException || problem instanceof Error) {
            return unchecked(problem);
        }
        return new CodecException("The constructor of " + type.getName() + " refuses the values: " + problem, problem);
    }

    /** An error goes on as it is; a checked exception, which neither a field nor a record can throw, in a wrapper. */
    static RuntimeException unchecked(Throwable problem) {
        if (problem instanceof Error error) {
            throw error;
        }
        return problem instanceof RuntimeException runtime ? runtime : new CodecException(problem.toString(), problem);
    }
}
