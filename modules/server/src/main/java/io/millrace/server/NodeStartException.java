// SPDX-License-Identifier: Apache-2.0
package io.millrace.server;

/** A node cannot start; the message is one readable paragraph that says why and what to do. */
public class NodeStartException extends Exception {
    public NodeStartException(String message) {
        super(message);
    }

    public NodeStartException(String message, Throwable cause) {
        super(message, cause);
    }
}
