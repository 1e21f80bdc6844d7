// SPDX-License-Identifier: Apache-2.0
package io.millrace.runtime;

/** A job cannot be submitted; the message is one readable paragraph that says why and what to do. */
public class JobRejectedException extends RuntimeException {
    public JobRejectedException(String message) {
        super(message);
    }

    public JobRejectedException(String message, Throwable cause) {
        super(message, cause);
    }
}
