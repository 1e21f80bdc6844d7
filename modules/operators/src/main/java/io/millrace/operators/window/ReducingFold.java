// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.window;

import io.millrace.api.function.ReduceFunction;

/** Folds records into one of their type. */
final class ReducingFold extends SessionFold {
    private final ReduceFunction<Object> function;

    ReducingFold(ReduceFunction<Object> function) {
        this.function = function;
    }

    @Override
    Object first(Object record) {
        return record;
    }

    @Override
    Object add(Object held, Object record) throws Exception {
        Object after = function.reduce(held, record);
        if (after == null) {
            throw new NullPointerException("The reduce function of a window returned null.");
        }
        return after;
    }

    @Override
    Object merge(Object left, Object right) throws Exception {
        return add(left, right);
    }

    @Override
    Object result(Object held) {
        return held;
    }
}
