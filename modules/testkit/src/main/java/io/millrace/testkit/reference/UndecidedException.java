// SPDX-License-Identifier: Apache-2.0
package io.millrace.testkit.reference;

/** Data alone do not decide what an operator emits. */
public final class UndecidedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    UndecidedException(String why) {
        super(why);
    }
}
