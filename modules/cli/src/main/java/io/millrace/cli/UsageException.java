// SPDX-License-Identifier: Apache-2.0
package io.millrace.cli;

/** The command line is wrong; the message says how it is right. */
final class UsageException extends Exception {
    private static final long serialVersionUID = 1;

    UsageException(String message) {
        super(message);
    }

    UsageException(String message, Throwable cause) {
        super(message, cause);
    }
}
