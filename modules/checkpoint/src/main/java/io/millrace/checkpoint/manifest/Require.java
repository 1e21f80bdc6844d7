// SPDX-License-Identifier: Apache-2.0
package io.millrace.checkpoint.manifest;

/** Checks of record components; messages begin with the component's name, as the errors of unreadable manifests do. */
final class Require {
    private Require() {}

    static void notEmpty(String field, String value) {
        if (value.isEmpty()) {
            throw new IllegalArgumentException(field + ": expected a text, found an empty one");
        }
    }

    static void atLeast(String field, long min, long value) {
        if (value < min) {
            throw new IllegalArgumentException(field + ": expected at least " + min + ", found " + value);
        }
    }

    static void version(int expected, int found) {
        if (found != expected) {
            throw new IllegalArgumentException("formatVersion: expected " + expected + ", found " + found
                    + "; read it with the version of Millrace that wrote it");
        }
    }
}
