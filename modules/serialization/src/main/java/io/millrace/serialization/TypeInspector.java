// SPDX-License-Identifier: Apache-2.0
package io.millrace.serialization;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.StringJoiner;
import java.util.TreeMap;

/**
 * Walks through a declared type, record component by component, and finds all classes whose values it can hold. Good
 * for one walk.
 *
 * <p>A type is good when each part of it is one of: a type without parts ({@link ValueCodecs}), an enum, a record, a
 * sealed type, a collection or map of the JDK, an array, a class of the user's that has a constructor without
 * parameters, or an abstract type that a registered class extends. The first part that is none of these is the error.
 */
final class TypeInspector {
    private static final String ADVICE =
            " has no codec. Declare a record, an enum or a sealed type, or register a class"
                    + " with env.registerType(..).";
    private static final int MAX_NESTING = 32;

    private final RegisteredTypes registeredTypes;
    private final Set<ResolvedType> seen = new HashSet<>();
    private final SortedMap<String, Class<?>> inspected = new TreeMap<>();
    private final SortedMap<Integer, Class<?>> registered = new TreeMap<>();
    private boolean mutable;

    private TypeInspector(RegisteredTypes registeredTypes) {
        this.registeredTypes = registeredTypes;
    }

    /**
     * @throws CodecException at the first part without a codec, with the path to it
     */
    static TypeInspection inspect(ResolvedType root, RegisteredTypes registeredTypes) {
        TypeInspector inspector = new TypeInspector(registeredTypes);
        String name = root.raw().getSimpleName();
        inspector.visit(root, name);
        return new TypeInspection(
                root,
                List.copyOf(inspector.inspected.values()),
                inspector.registered,
                !inspector.mutable,
                inspector.describe(root));
    }

    private void visit(ResolvedType type, String path) {
        Class<?> raw = type.raw();
        if (!seen.add(type)) {
            return;
        }
        if (type.nesting() > MAX_NESTING) {
            throw new CodecException(path + ": the type contains itself with ever new type arguments, such as "
                    + type.raw().getName() + ". Declare a type whose arguments stay the same.");
        }
        if (ValueCodecs.isLeaf(raw)) {
            mutable |= raw == byte[].class;
        } else if (raw.isArray()) {
            mutable = true;
            found(raw);
            visit(type.argument(0), path + "[]");
        } else if (raw.isEnum()) {
            found(raw);
        } else if (raw == Optional.class) {
            visit(type.argument(0), path + "?");
        } else if (Containers.isCollection(raw)) {
            mutable = true;
            visit(type.argument(0), path + "[]");
        } else if (Containers.isMap(raw)) {
            mutable = true;
            visit(type.argument(0), path + "[key]");
            visit(type.argument(1), path + "[value]");
        } else {
            visitClass(type, path);
        }
    }

    private void visitClass(ResolvedType type, String path) {
        Class<?> raw = type.raw();
        if (raw.isRecord()) {
            found(raw);
            Map<java.lang.reflect.TypeVariable<?>, ResolvedType> bindings = type.bindings();
            for (RecordComponent component : raw.getRecordComponents()) {
                visit(ResolvedType.of(component.getGenericType(), bindings), path + "." + component.getName());
            }
            checkAccess(() -> RecordAccess.of(raw), path);
            return;
        }
        boolean isAbstract = raw.isInterface() || Modifier.isAbstract(raw.getModifiers());
        boolean hasSubtypes = visitSubtypes(type, path);
        if (!isAbstract && !isOfJdk(raw)) {
            visitPojo(type, path);
        } else if (!hasSubtypes) {
            throw new CodecException(path + ": " + raw.getName() + ADVICE
                    + (raw == Object.class
                            ? " If it stands for a type argument, name it: new TypeHint<YourType<..>>() {}."
                            : ""));
        } else {
            mutable |= !raw.isSealed();
        }
    }

    private boolean visitSubtypes(ResolvedType type, String path) {
        Class<?> raw = type.raw();
        boolean found = false;
        if (raw.isSealed()) {
            for (Class<?> permitted : raw.getPermittedSubclasses()) {
                visit(type.subtype(permitted), path + "(" + permitted.getSimpleName() + ")");
                found = true;
            }
        }
        for (Class<?> subtype : registeredTypes.subtypesOf(raw)) {
            visit(type.subtype(subtype), path + "(" + subtype.getSimpleName() + ")");
            found = true;
        }
        return found;
    }

    private void visitPojo(ResolvedType type, String path) {
        mutable = true;
        found(type.raw());
        checkAccess(() -> PojoAccess.of(type.raw()), path);
        for (Field field : PojoAccess.fieldsOf(type.raw())) {
            visit(ResolvedType.of(field.getGenericType(), type.bindings()), path + "." + field.getName());
        }
    }

    private static void checkAccess(Runnable access, String path) {
        try {
            access.run();
        } catch (CodecException e) {
            throw new CodecException(path + ": " + e.getMessage(), e);
        }
    }

    private void found(Class<?> type) {
        Integer id = registeredTypes.idOf(type);
        if (id != null) {
            registered.put(id, type);
        } else {
            inspected.put(type.getName(), type);
        }
    }

    static boolean isOfJdk(Class<?> type) {
        return type.getClassLoader() == null || type.getClassLoader() == ClassLoader.getPlatformClassLoader();
    }

    /** The root's layout first, then the others in the order of their numbers. */
    private String describe(ResolvedType root) {
        StringJoiner layouts = new StringJoiner(";");
        if (!inspected.containsValue(root.raw()) || !root.arguments().isEmpty()) {
            layouts.add(root.toString());
        } else {
            layouts.add(layoutOf(root.raw()));
        }
        registered.forEach((id, type) -> layouts.add("#" + id + "=" + layoutOf(type)));
        for (Class<?> type : inspected.values()) {
            boolean isRoot = type == root.raw() && root.arguments().isEmpty();
            if (!isRoot && !type.isArray()) {
                layouts.add(layoutOf(type));
            }
        }
        return layouts.toString();
    }

    private static String layoutOf(Class<?> type) {
        if (type.isEnum()) {
            return "enum " + type.getName();
        }
        StringJoiner members = new StringJoiner(",", "{", "}");
        if (type.isRecord()) {
            for (RecordComponent component : type.getRecordComponents()) {
                members.add(component.getName() + ":" + ResolvedType.readable(component.getGenericType()));
            }
            return type.getName() + members;
        }
        for (Field field : type.isArray() ? List.<Field>of() : PojoAccess.fieldsOf(type)) {
            members.add(field.getName() + ":" + ResolvedType.readable(field.getGenericType()));
        }
        // Where a field is declared as an open class, its bytes name the class of the value; a final one's do not.
        return (Modifier.isFinal(type.getModifiers()) ? "" : "open ") + type.getName() + members;
    }
}
