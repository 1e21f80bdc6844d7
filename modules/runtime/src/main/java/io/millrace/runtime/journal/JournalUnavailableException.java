// SPDX-License-Identifier: Apache-2.0
package io.millrace.runtime.journal;

/** A journal cannot be used; the message is one readable paragraph that says why and what to do. */
public class JournalUnavailableException extends RuntimeException {
    public JournalUnavailableException(String message) {
        super(message);
    }

    public JournalUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
