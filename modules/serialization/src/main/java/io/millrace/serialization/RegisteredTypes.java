// SPDX-License-Identifier: Apache-2.0
package io.millrace.serialization;

import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The classes that the job registered, by the ids it chose. Immutable. */
final class RegisteredTypes {
    private static final int MAX_ID = 9_999;

    private final Map<Integer, Class<?>> byId;
    private final Map<Class<?>, Integer> ids = new HashMap<>();

    /**
     * @throws CodecException when an id is out of range, a class has two ids or can have no values
     */
    RegisteredTypes(Map<Integer, Class<?>> byId) {
        this.byId = new TreeMap<>(byId);
        this.byId.forEach((id, type) -> {
            if (id < 0 || id > MAX_ID) {
                throw new CodecException("The id of a registered class is 0 to " + MAX_ID + ", but " + type.getName()
                        + " has " + id + ".");
            }
            if (type.isInterface()
                    || type.isPrimitive()
                    || !type.isEnum() && Modifier.isAbstract(type.getModifiers())) {
                throw new CodecException("Register concrete classes: " + type.getName() + " (id " + id
                        + ") is abstract or primitive and can have no values.");
            }
            Integer other = ids.put(type, id);
            if (other != null) {
                throw new CodecException(type.getName() + " is registered under two ids, " + other + " and " + id
                        + ": keep the one that its state was written with.");
            }
        });
    }

    @Nullable
    Integer idOf(Class<?> type) {
        return ids.get(type);
    }

    boolean contains(Class<?> type) {
        return ids.containsKey(type);
    }

    /** The registered classes whose values a variable of this type can hold, by id, without the type itself. */
    List<Class<?>> subtypesOf(Class<?> type) {
        List<Class<?>> found = new ArrayList<>();
        for (Class<?> candidate : byId.values()) {
            if (candidate != type && type.isAssignableFrom(candidate)) {
                found.add(candidate);
            }
        }
        return found;
    }
}
