// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators;

/**
 * Carries a checked exception of the engine through user code that may throw none, as it is: wrapped, it would hide its
 * type from whoever decides what the failure means.
 */
public final class Rethrow {
    private Rethrow() {}

    /** Throws {@code error}; never returns, so that callers can write {@code throw Rethrow.unchecked(e)}. */
    public static RuntimeException unchecked(Throwable error) {
        return Rethrow.<RuntimeException>as(error);
    }

    @SuppressWarnings("unchecked")
    private static <E extends Throwable> RuntimeException as(Throwable error) throws E {
        throw (E) error;
    }
}
