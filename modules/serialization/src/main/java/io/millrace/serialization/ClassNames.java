// SPDX-License-Identifier: Apache-2.0
package io.millrace.serialization;

/**
 * Turns class names from bytes into classes, safely: a class is found without being initialised, and handed out only if
 * it is of a kind that holds data and nothing else. Immutable.
 */
final class ClassNames {
    private static final int MAX_NAME = 1024;

    private final ClassLoader loader;
    private final RegisteredTypes registered;

    ClassNames(ClassLoader loader, RegisteredTypes registered) {
        this.loader = loader;
        this.registered = registered;
    }

    /**
     * @throws CodecException when there is no such class or it is neither a record, an enum, a permitted subclass of a
     *     sealed type, nor registered
     */
    Class<?> resolve(String name) {
        if (name.length() > MAX_NAME || name.startsWith("[")) {
            throw unknown(name, null);
        }
        Class<?> type;
        try {
            type = Class.forName(name, false, loader);
        } catch (ClassNotFoundException | LinkageError e) {
            throw unknown(name, e);
        }
        if (!isData(type)) {
            throw notData(type);
        }
        return type;
    }

    private static CodecException unknown(String name, Throwable cause) {
        String shown = name.length() > 200 ? name.substring(0, 200) + ".." : name;
        return new CodecException(
                "The bytes name a class '" + shown + "' that is not on the class path of the job: add it, or the bytes"
                        + " are damaged.",
                cause);
    }

    CodecException notData(Class<?> type) {
        return new CodecException(type.getName() + " has no codec that describes itself: only records, enums, permitted"
                + " subclasses of sealed types and registered classes have one. Declare the type with"
                + " .returns(..), or register the class with env.registerType(..).");
    }

    boolean isData(Class<?> type) {
        return type.isRecord() || type.isEnum() || registered.contains(type) || isPermitted(type);
    }

    private static boolean isPermitted(Class<?> type) {
        if (type.isInterface()) {
            return false;
        }
        for (Class<?> each = type; each != null; each = each.getSuperclass()) {
            if (isPermittedBy(type, each.getSuperclass())) {
                return true;
            }
            for (Class<?> parent : each.getInterfaces()) {
                if (isPermittedBy(type, parent)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean isPermittedBy(Class<?> type, Class<?> parent) {
        if (parent == null || !parent.isSealed()) {
            return false;
        }
        for (Class<?> permitted : parent.getPermittedSubclasses()) {
            if (permitted == type) {
                return true;
            }
        }
        return false;
    }
}
