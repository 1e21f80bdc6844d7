// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.window;

import io.millrace.api.function.AggregateFunction;

/** Folds records into an accumulator, which may change in place. */
final class AggregatingFold extends SessionFold {
    private final AggregateFunction<Object, Object, Object> function;

    AggregatingFold(AggregateFunction<Object, Object, Object> function) {
        this.function = function;
    }

    @Override
    Object first(Object record) {
        return add(function.createAccumulator(), record);
    }

    @Override
    Object add(Object held, Object record) {
        Object after = function.add(record, held);
        if (after == null) {
            throw new NullPointerException("The aggregate function of a window returned no accumulator.");
        }
        return after;
    }

    @Override
    Object merge(Object left, Object right) {
        Object both = function.merge(left, right);
        if (both == null) {
            throw new NullPointerException("The aggregate function of a window merged two accumulators into null.");
        }
        return both;
    }

    @Override
    Object result(Object held) {
        return function.getResult(held);
    }
}
