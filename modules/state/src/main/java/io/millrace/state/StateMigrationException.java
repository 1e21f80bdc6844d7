// SPDX-License-Identifier: Apache-2.0
package io.millrace.state;

/**
 * Restored state is not of the kind or type that the job now declares. The message names operator and state, what was
 * written and what is declared, and what to do.
 */
public class StateMigrationException extends IllegalStateException {
    public StateMigrationException(String message) {
        super(message);
    }

    public StateMigrationException(String message, Throwable cause) {
        super(message, cause);
    }
}
