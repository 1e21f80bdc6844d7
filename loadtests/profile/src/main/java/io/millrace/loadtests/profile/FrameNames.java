// SPDX-License-Identifier: Apache-2.0
package io.millrace.loadtests.profile;

import io.millrace.loadtests.profile.Frame.Owner;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Turns the recorder's names into names for reading.
 *
 * <p>The engine defines an operator's class again as a hidden class, once a vertex, under the name {@code
 * <class>$<operator>}. The JVM appends an address to it, and the recorder writes that in a way of its own: JDK 17 as
 * {@code +0x00007fa108008000.471910020}, JDK 25 as {@code .0x0000000025048000}.
 */
final class FrameNames {
    private static final Pattern ADDRESS = Pattern.compile("(\\+0x[0-9a-f]+(\\.\\d+)?|[./]0x[0-9a-f]+)$");
    private static final Pattern LAMBDA_NUMBER = Pattern.compile("\\$\\$Lambda(\\$\\d+)?$");
    private static final Pattern THREAD_NUMBER = Pattern.compile("[-_# ]+\\d+");
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

    private FrameNames() {}

    /**
     * Names one frame.
     *
     * @param hidden whether the JVM marks the method hidden, as it does with all methods of hidden classes
     * @return null for glue that the JVM spins (lambda proxies, method handle forms, entry frames): its time is its
     *     caller's
     */
    static @Nullable Frame frame(String recordedClass, String method, boolean hidden) {
        String className = withoutAddress(recordedClass);
        Owner owner = Owner.of(className);
        if (hidden && (owner == Owner.JDK || className.contains("$$Lambda"))) {
            return null;
        }
        String simple = simpleName(className);
        String full = printable(className + "." + method);
        if (!hidden) {
            return new Frame(printable(simple.replace('$', '.') + "." + method), full, owner);
        }
        // An operator's own class has no '$' in its name: it is no nested class. The operator's name may.
        int split = simple.indexOf('$');
        String operator = split < 0 ? simple : simple.substring(0, split) + " '" + simple.substring(split + 1) + "'";
        return new Frame(printable(operator + "." + method), full, Owner.OPERATOR);
    }

    /** Names the class of an allocated object, given as the JVM writes it: {@code [B} is {@code byte[]}. */
    static Frame allocated(String recordedClass) {
        int dimensions = 0;
        while (recordedClass.startsWith("[", dimensions)) {
            dimensions++;
        }
        String element = recordedClass.substring(dimensions);
        if (dimensions > 0) {
            element = element.startsWith("L") ? element.substring(1, element.length() - 1) : primitive(element);
        }
        String className = withoutAddress(element);
        String array = "[]".repeat(dimensions);
        String simple = LAMBDA_NUMBER.matcher(simpleName(className)).replaceFirst("\\$lambda");
        return new Frame(printable(simple.replace('$', '.') + array), printable(className + array), Owner.ALLOCATED);
    }

    /** Names the group of threads that differ by a number only; a thread without a name is taken for a virtual one. */
    static Frame threads(@Nullable String threadName) {
        String group =
                threadName == null ? "" : THREAD_NUMBER.matcher(threadName).replaceAll("");
        return new Frame(group.isBlank() ? "threads without a name" : printable(group), "", Owner.THREADS);
    }

    private static String withoutAddress(String recordedClass) {
        return ADDRESS.matcher(recordedClass).replaceFirst("");
    }

    private static String simpleName(String className) {
        return className.substring(className.lastIndexOf('.') + 1);
    }

    private static String printable(String name) {
        return CONTROL.matcher(name).replaceAll(" ");
    }

    private static String primitive(String code) {
        return switch (code) {
            case "Z" -> "boolean";
            case "B" -> "byte";
            case "C" -> "char";
            case "S" -> "short";
            case "I" -> "int";
            case "J" -> "long";
            case "F" -> "float";
            case "D" -> "double";
            default -> code;
        };
    }
}
