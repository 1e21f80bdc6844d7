// SPDX-License-Identifier: Apache-2.0
package io.millrace.specialisation;

import java.util.function.IntUnaryOperator;

/** Breaks most rules. */
final class WithLambda implements Step {
    private static int made;
    private final WithLambda self;
    private final IntUnaryOperator operator;

    WithLambda() {
        this(1);
    }

    private WithLambda(int amount) {
        made += amount;
        self = this;
        operator = x -> x + amount;
    }

    private static int twice(int x) {
        return x + x;
    }

    @Override
    public int apply(int value) {
        return self == this ? twice(operator.applyAsInt(value)) + made : 0;
    }
}
