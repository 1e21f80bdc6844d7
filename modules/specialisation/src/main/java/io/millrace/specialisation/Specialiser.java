// SPDX-License-Identifier: Apache-2.0
package io.millrace.specialisation;

import java.lang.invoke.MethodHandles;

/** Makes the instances of one place of a dataflow. Thread-safe. */
public final class Specialiser {
    private final SpecialisedClasses classes;
    private final String place;

    Specialiser(SpecialisedClasses classes, String place) {
        this.classes = classes;
        this.place = place;
    }

    /** Makes ordinary instances. */
    public static Specialiser ordinary() {
        return SpecialisedClasses.none().at("");
    }

    /** For the part of this place that has the given name. */
    public Specialiser at(String part) {
        return classes.at(place.isEmpty() ? part : place + ' ' + part);
    }

    /**
     * Makes an instance of this place's copy of {@code type}. All instances of a place share the copy.
     *
     * @param lookup of a class in the package of {@code type}, with full access
     * @param as the type by which the instance is known: a copy is not a subtype of the class it is a copy of
     * @param type a class that may be copied: top-level, not abstract, with one constructor, without lambdas, static
     *     methods, static fields that change, and members or variables of its own type
     * @param arguments for the constructor
     * @throws IllegalArgumentException when the class cannot be copied; the message says why
     */
    public <T> T create(MethodHandles.Lookup lookup, Class<T> as, Class<? extends T> type, Object... arguments) {
        Object made;
        try {
            made = classes.constructor(lookup, type, place).invokeWithArguments(arguments);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("The constructor of " + type.getName() + " failed.", e);
        }
        return as.cast(made);
    }
}
