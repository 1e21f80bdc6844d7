// SPDX-License-Identifier: Apache-2.0
package io.millrace.loadtests.jmh;

/** The baseline cannot be read, written or used; the message says what to do, in words for people. */
final class BaselineException extends Exception {
    private static final long serialVersionUID = 1L;

    BaselineException(String message, Throwable cause) {
        super(message, cause);
    }

    BaselineException(String message) {
        super(message);
    }
}
