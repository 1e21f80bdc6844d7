// SPDX-License-Identifier: Apache-2.0
package io.millrace.serialization;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.DelayQueue;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * The JDK's collections and maps that have a codec, and which of them stands in for those that have none of their own:
 * a list that came from {@code Collections.unmodifiableList} is read back as an {@code ArrayList}.
 */
final class Containers {
    /** Room is made for as many elements at most before they have been read: a count from damaged bytes is a claim. */
    private static final int MAX_PRESIZE = 1024;

    private static final Map<Class<?>, IntFunction<Collection<@Nullable Object>>> COLLECTIONS = new LinkedHashMap<>();
    private static final Map<Class<?>, IntFunction<Map<@Nullable Object, @Nullable Object>>> MAPS =
            new LinkedHashMap<>();

    /** The class that is made for a variable declared as one of these interfaces. */
    private static final Map<Class<?>, Class<?>> INTERFACES = new HashMap<>();

    static final Class<?> IMMUTABLE_LIST = List.of().getClass();
    static final Class<?> IMMUTABLE_SET = Set.of().getClass();
    static final Class<?> IMMUTABLE_MAP = Map.of().getClass();

    private static final Set<Class<?>> SMALL_IMMUTABLES =
            Set.of(List.of(1).getClass(), Set.of(1).getClass(), Map.of(1, 1).getClass());

    /** What these are for would be lost in any other class. */
    private static final Set<Class<?>> WITHOUT_STAND_IN =
            Set.of(PriorityQueue.class, PriorityBlockingQueue.class, DelayQueue.class, IdentityHashMap.class);

    static {
        COLLECTIONS.put(ArrayList.class, n -> new ArrayList<>(presize(n)));
        COLLECTIONS.put(LinkedList.class, n -> new LinkedList<>());
        COLLECTIONS.put(ArrayDeque.class, n -> new ArrayDeque<>(presize(n)));
        COLLECTIONS.put(HashSet.class, n -> new HashSet<>(presize(n * 2)));
        COLLECTIONS.put(LinkedHashSet.class, n -> new LinkedHashSet<>(presize(n * 2)));
        COLLECTIONS.put(TreeSet.class, n -> new TreeSet<>());
        MAPS.put(HashMap.class, n -> new HashMap<>(presize(n * 2)));
        MAPS.put(LinkedHashMap.class, n -> new LinkedHashMap<>(presize(n * 2)));
        MAPS.put(TreeMap.class, n -> new TreeMap<>());
        MAPS.put(ConcurrentHashMap.class, n -> new ConcurrentHashMap<>(presize(n)));

        INTERFACES.put(Iterable.class, ArrayList.class);
        INTERFACES.put(Collection.class, ArrayList.class);
        INTERFACES.put(List.class, ArrayList.class);
        INTERFACES.put(Queue.class, ArrayDeque.class);
        INTERFACES.put(Deque.class, ArrayDeque.class);
        INTERFACES.put(Set.class, LinkedHashSet.class);
        INTERFACES.put(SortedSet.class, TreeSet.class);
        INTERFACES.put(NavigableSet.class, TreeSet.class);
        INTERFACES.put(Map.class, LinkedHashMap.class);
        INTERFACES.put(SortedMap.class, TreeMap.class);
        INTERFACES.put(NavigableMap.class, TreeMap.class);
        INTERFACES.put(ConcurrentMap.class, ConcurrentHashMap.class);
    }

    private Containers() {}

    private static int presize(int count) {
        return Math.max(0, Math.min(count, MAX_PRESIZE));
    }

    static boolean isCollection(Class<?> declared) {
        return COLLECTIONS.containsKey(concrete(declared));
    }

    static boolean isMap(Class<?> declared) {
        return MAPS.containsKey(concrete(declared));
    }

    /** The class that is made for a declared type: itself, if it is no interface. */
    static Class<?> concrete(Class<?> declared) {
        return INTERFACES.getOrDefault(declared, declared);
    }

    static Set<Class<?>> collections() {
        return COLLECTIONS.keySet();
    }

    static Set<Class<?>> maps() {
        return MAPS.keySet();
    }

    /**
     * Which class's codec writes values of a class that has none of its own, or null. Only for classes of the JDK: a
     * subclass of the user's may have fields that would be lost.
     */
    static @Nullable Class<?> standIn(Class<?> type) {
        if (!type.getName().startsWith("java.util.") || WITHOUT_STAND_IN.contains(type)) {
            return null;
        }
        if (SMALL_IMMUTABLES.contains(type)) {
            return List.class.isAssignableFrom(type)
                    ? IMMUTABLE_LIST
                    : Set.class.isAssignableFrom(type) ? IMMUTABLE_SET : IMMUTABLE_MAP;
        }
        Class<?>[] byPreference = {
            List.class,
            SortedSet.class,
            Set.class,
            SortedMap.class,
            ConcurrentMap.class,
            Map.class,
            Queue.class,
            Collection.class
        };
        for (Class<?> candidate : byPreference) {
            if (candidate.isAssignableFrom(type)) {
                return concrete(candidate);
            }
        }
        return null;
    }

    /** An empty collection of a class, to be filled and then given to {@link #seal}. */
    static Collection<@Nullable Object> newCollection(Class<?> type, int count) {
        Class<?> made = type == IMMUTABLE_LIST ? ArrayList.class : type == IMMUTABLE_SET ? LinkedHashSet.class : type;
        return COLLECTIONS.get(made).apply(count);
    }

    static Map<@Nullable Object, @Nullable Object> newMap(Class<?> type, int count) {
        return MAPS.get(type == IMMUTABLE_MAP ? LinkedHashMap.class : type).apply(count);
    }

    /** What was filled, made immutable where its class is. */
    static Object seal(Class<?> type, Object filled) {
        if (type == IMMUTABLE_LIST) {
            List<?> list = (List<?>) filled;
            // Stream.toList() has the class of List.of but may hold nulls, which copyOf refuses.
            return list.contains(null) ? Collections.unmodifiableList(list) : List.copyOf(list);
        }
        if (type == IMMUTABLE_SET) {
            return Set.copyOf((Set<?>) filled);
        }
        return type == IMMUTABLE_MAP ? Map.copyOf((Map<?, ?>) filled) : filled;
    }

    /** Refuses what is sorted by a comparator: it is code, and the order would be lost. */
    static void checkNaturalOrder(Object container) {
        boolean custom = container instanceof SortedSet<?> set && set.comparator() != null
                || container instanceof SortedMap<?, ?> map && map.comparator() != null;
        if (custom) {
            throw new CodecException("A " + container.getClass().getName() + " that is sorted by a comparator cannot be"
                    + " written, because the comparator is code. Keep a list or an unsorted map, or sort naturally.");
        }
    }
}
