// SPDX-License-Identifier: Apache-2.0
package io.millrace.runtime.chain;

import io.millrace.operators.RecordText;

/** User code or an operator failed; the message names operator, cause and record. */
public class OperatorFailedException extends RuntimeException {
    public OperatorFailedException(String message, Throwable cause) {
        super(message, cause);
    }

    /**
     * Throws on what no restart of a job heals and what the actor system ends the process for: the JVM is broken or out
     * of memory. Every other error of user code, an {@link java.io.IOError} or {@link AssertionError} say, is a failure
     * like an exception; an actor that let it pass would end, and the job would wait for it for ever.
     */
    public static void throwIfFatal(Throwable cause) {
        if (cause instanceof VirtualMachineError fatal && !(cause instanceof StackOverflowError)) {
            throw fatal;
        }
    }

    static OperatorFailedException at(String operator, Throwable cause, Object record) {
        throwIfFatal(cause);
        return new OperatorFailedException(
                "The operator '" + operator + "' failed: " + describe(cause) + " (at the record "
                        + RecordText.of(record) + ")",
                cause);
    }

    static OperatorFailedException in(String operator, String what, Throwable cause) {
        throwIfFatal(cause);
        return new OperatorFailedException(
                "The operator '" + operator + "' failed " + what + ": " + describe(cause), cause);
    }

    /** The cause in words: its message where it has one, with its kind where that says more. */
    public static String describe(Throwable cause) {
        String message = cause.getMessage();
        if (message == null || message.isBlank()) {
            return cause.getClass().getName();
        }
        boolean plain = cause.getClass() == IllegalStateException.class
                || cause.getClass() == java.io.IOException.class
                || cause.getClass() == RuntimeException.class;
        return plain ? message : cause.getClass().getSimpleName() + ": " + message;
    }
}
