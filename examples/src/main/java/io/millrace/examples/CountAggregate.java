// SPDX-License-Identifier: Apache-2.0
package io.millrace.examples;

import io.millrace.api.function.AggregateFunction;

/** Counts records. */
final class CountAggregate<T> implements AggregateFunction<T, Long, Long> {
    @Override
    public Long createAccumulator() {
        return 0L;
    }

    @Override
    public Long add(T record, Long count) {
        return count + 1;
    }

    @Override
    public Long getResult(Long count) {
        return count;
    }

    @Override
    public Long merge(Long left, Long right) {
        return left + right;
    }
}
