// SPDX-License-Identifier: Apache-2.0
package io.millrace.specialisation;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The copies of classes that belong together: those of a vertex in this JVM, whose subtasks share them. Copies are
 * unloaded once neither the set nor an instance can be reached. Thread-safe.
 */
public final class SpecialisedClasses {
    private record Copy(Class<?> type, String place) {}

    private final boolean specialise;
    private final Map<Copy, MethodHandle> constructors = new ConcurrentHashMap<>();

    private SpecialisedClasses(boolean specialise) {
        this.specialise = specialise;
    }

    /** A set without copies so far. */
    public static SpecialisedClasses create() {
        return new SpecialisedClasses(true);
    }

    /** No copies: instances are made from the classes themselves, which debuggers and coverage tools can see. */
    public static SpecialisedClasses none() {
        return new SpecialisedClasses(false);
    }

    /**
     * Makes the instances of one place.
     *
     * @param place tells places of the set apart and becomes part of the copies' names, so that it is seen in profiles:
     *     position and name of an operator for example
     */
    public Specialiser at(String place) {
        return new Specialiser(this, place);
    }

    /** Number of copies that were defined. */
    public int size() {
        return constructors.size();
    }

    MethodHandle constructor(MethodHandles.Lookup lookup, Class<?> type, String place) {
        if (!specialise) {
            return constructorOf(lookup, type);
        }
        return constructors.computeIfAbsent(new Copy(type, place), copy -> define(lookup, copy));
    }

    private static MethodHandle define(MethodHandles.Lookup lookup, Copy copy) {
        byte[] bytes = ClassBytes.of(copy.type).renamed(copy.place);
        try {
            MethodHandles.Lookup hidden = lookup.defineHiddenClass(bytes, true);
            return constructorOf(hidden, hidden.lookupClass());
        } catch (IllegalAccessException e) {
            throw new IllegalArgumentException(lookup + " cannot define a copy of " + copy.type.getName()
                    + ": it must be a lookup with full access, of a class in the same package.");
        }
    }

    private static MethodHandle constructorOf(MethodHandles.Lookup lookup, Class<?> type) {
        try {
            return lookup.unreflectConstructor(type.getDeclaredConstructors()[0]);
        } catch (IllegalAccessException e) {
            throw new IllegalArgumentException(lookup + " has no access to the constructor of " + type.getName() + ".");
        }
    }
}
