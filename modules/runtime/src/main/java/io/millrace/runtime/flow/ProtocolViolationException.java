// SPDX-License-Identifier: Apache-2.0
package io.millrace.runtime.flow;

/** A channel brought what it must not: a gap, a repetition, or more than its credit. The epoch cannot go on. */
public class ProtocolViolationException extends RuntimeException {
    public ProtocolViolationException(String message) {
        super(message);
    }
}
