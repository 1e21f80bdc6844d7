// SPDX-License-Identifier: Apache-2.0
package io.millrace.loadtests.nexmark;

import org.jspecify.annotations.Nullable;

/** A run has no result; the message says why, in words for people. */
final class RunFailedException extends Exception {
    private static final long serialVersionUID = 1;

    RunFailedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
