// SPDX-License-Identifier: Apache-2.0
package io.millrace.api.sink;

import io.millrace.api.Stable;

/** Prepared output can never be committed. The message says which and why. */
@Stable
public class CommitFailedException extends Exception {
    public CommitFailedException(String message) {
        super(message);
    }

    public CommitFailedException(String message, Throwable cause) {
        super(message, cause);
    }
}
