// SPDX-License-Identifier: Apache-2.0
package io.millrace.serialization;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes an object of a user's class by its constructor without parameters and sets its fields, those of its superclasses
 * first; static and transient fields are left alone. Immutable.
 */
final class PojoAccess {
    private static final ClassValue<PojoAccess> CACHE = new ClassValue<>() {
        @Override
        protected PojoAccess computeValue(Class<?> type) {
            return new PojoAccess(type);
        }
    };

    private final Class<?> type;
    private final List<Field> fields;
    private final MethodHandle[] getters;
    private final MethodHandle[] setters;
    private final MethodHandle constructor;

    private PojoAccess(Class<?> type) {
        this.type = type;
        this.fields = fieldsOf(type);
        this.getters = new MethodHandle[fields.size()];
        this.setters = new MethodHandle[fields.size()];
        try {
            this.constructor = findConstructor(type);
            for (int i = 0; i < getters.length; i++) {
                Field field = fields.get(i);
                field.setAccessible(true); // lets a final field be set, too
                MethodHandles.Lookup lookup = MethodHandles.lookup();
                getters[i] = lookup.unreflectGetter(field).asType(MethodType.methodType(Object.class, Object.class));
                setters[i] = lookup.unreflectSetter(field)
                        .asType(MethodType.methodType(void.class, Object.class, Object.class));
            }
        } catch (ReflectiveOperationException | java.lang.reflect.InaccessibleObjectException e) {
            throw RecordAccess.inaccessible(type, e);
        }
    }

    /**
     * @throws CodecException when the class has no constructor without parameters or cannot be accessed
     */
    static PojoAccess of(Class<?> type) {
        return CACHE.get(type);
    }

    private static MethodHandle findConstructor(Class<?> type) throws IllegalAccessException {
        try {
            return MethodHandles.privateLookupIn(type, MethodHandles.lookup())
                    .findConstructor(type, MethodType.methodType(void.class))
                    .asType(MethodType.methodType(Object.class));
        } catch (NoSuchMethodException e) {
            throw new CodecException(
                    type.getName() + " has no constructor without parameters (an inner class must be static). Add one,"
                            + " it may be private, or declare a record.",
                    e);
        }
    }

    /**
     * The fields that make up a value, in the order of their names within each class: the order of declaration is not
     * promised by reflection.
     *
     * @throws CodecException when the class extends one of the JDK's that has fields
     */
    static List<Field> fieldsOf(Class<?> type) {
        Deque<Class<?>> lineage = new ArrayDeque<>();
        for (Class<?> each = type; each != null && each != Object.class; each = each.getSuperclass()) {
            if (TypeInspector.isOfJdk(each)) {
                throw new CodecException(type.getName() + " extends " + each.getName() + ", whose fields belong to the"
                        + " JDK. Hold a value of it in a field instead, or declare a record.");
            }
            lineage.push(each);
        }
        List<Field> fields = new ArrayList<>();
        for (Class<?> each : lineage) {
            List<Field> own = new ArrayList<>(List.of(each.getDeclaredFields()));
            own.removeIf(field -> (field.getModifiers() & (Modifier.STATIC | Modifier.TRANSIENT)) != 0);
            own.sort(java.util.Comparator.comparing(Field::getName));
            fields.addAll(own);
        }
        return List.copyOf(fields);
    }

    List<Field> fields() {
        return fields;
    }

    Object create() {
        try {
            return (Object) constructor.invokeExact();
        } catch (Exception e) {
            throw new CodecException("The constructor of " + type.getName() + " without parameters fails: " + e, e);
        } catch (Throwable e) {
            throw RecordAccess.unchecked(e);
        }
    }

    @Nullable
    Object get(Object value, int field) {
        try {
            return (Object) getters[field].invokeExact(value);
        } catch (Throwable e) {
            throw RecordAccess.unchecked(e);
        }
    }

    void set(Object target, int field, @Nullable Object value) {
        try {
            setters[field].invokeExact(target, value);
        } catch (Throwable e) {
            throw RecordAccess.unchecked(e);
        }
    }
}
