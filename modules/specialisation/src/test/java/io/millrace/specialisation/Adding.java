// SPDX-License-Identifier: Apache-2.0
package io.millrace.specialisation;

/** A class that may be copied. */
final class Adding implements Step {
    private static final String WORD = "sum ";

    private final int amount;
    private int calls;

    Adding(Integer amount) {
        this.amount = amount;
    }

    @Override
    public int apply(int value) {
        calls++;
        if (value < 0) {
            throw new IllegalArgumentException(WORD + value + " at call " + calls);
        }
        return value + amount;
    }
}
