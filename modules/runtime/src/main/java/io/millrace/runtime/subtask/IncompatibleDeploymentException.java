// SPDX-License-Identifier: Apache-2.0
package io.millrace.runtime.subtask;

/** This subtask's definition or state does not fit what the coordinator deployed; trying again will not help. */
public class IncompatibleDeploymentException extends RuntimeException {
    public IncompatibleDeploymentException(String message) {
        super(message);
    }

    public IncompatibleDeploymentException(String message, Throwable cause) {
        super(message, cause);
    }
}
