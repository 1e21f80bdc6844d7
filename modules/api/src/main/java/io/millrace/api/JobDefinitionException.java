// SPDX-License-Identifier: Apache-2.0
package io.millrace.api;

/** A job's definition is wrong; the message says where, what was expected and what to do. */
@Stable
public class JobDefinitionException extends RuntimeException {
    public JobDefinitionException(String message) {
        super(message);
    }

    public JobDefinitionException(String message, Throwable cause) {
        super(message, cause);
    }
}
