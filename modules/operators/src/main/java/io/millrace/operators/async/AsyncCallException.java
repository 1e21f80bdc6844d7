// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.async;

import org.jspecify.annotations.Nullable;

/** An asynchronous call came to nothing; the message names operator and record. */
public final class AsyncCallException extends Exception {
    private static final long serialVersionUID = 1L;

    AsyncCallException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
