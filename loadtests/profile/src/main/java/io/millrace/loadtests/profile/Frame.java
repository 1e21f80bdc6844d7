// SPDX-License-Identifier: Apache-2.0
package io.millrace.loadtests.profile;

/**
 * One box of a flame graph.
 *
 * @param label what the box says
 * @param detail what the tooltip adds: the full name, or the empty string
 * @param owner whose code it is, which gives the box its colour
 */
record Frame(String label, String detail, Owner owner) {

    /** Whose code a frame is. */
    enum Owner {
        THREADS("threads"),
        OPERATOR("operators"),
        ENGINE("engine"),
        PEKKO("Pekko and Scala"),
        JDK("JDK"),
        OTHER("functions and libraries"),
        ALLOCATED("allocated type");

        private final String title;

        Owner(String title) {
            this.title = title;
        }

        String title() {
            return title;
        }

        static Owner of(String className) {
            if (startsWith(className, "java.", "javax.", "jdk.", "sun.", "com.sun.")) {
                return JDK;
            }
            if (startsWith(className, "org.apache.pekko.", "scala.")) {
                return PEKKO;
            }
            // Examples and load tests are users of the engine.
            if (!className.startsWith("io.millrace.")
                    || startsWith(className, "io.millrace.examples.", "io.millrace.loadtests.")) {
                return OTHER;
            }
            // Without specialised chains operators are ordinary classes, shared by all vertices.
            return className.startsWith("io.millrace.operators.") && className.endsWith("Operator") ? OPERATOR : ENGINE;
        }

        private static boolean startsWith(String className, String... prefixes) {
            for (String prefix : prefixes) {
                if (className.startsWith(prefix)) {
                    return true;
                }
            }
            return false;
        }
    }
}
