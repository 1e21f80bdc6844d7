// SPDX-License-Identifier: Apache-2.0
package io.millrace.connector.files;

/** A line is not of its format; says what, while the caller knows which file and line. */
final class MalformedLineException extends Exception {
    private static final long serialVersionUID = 1L;

    MalformedLineException(String message) {
        super(message);
    }
}
