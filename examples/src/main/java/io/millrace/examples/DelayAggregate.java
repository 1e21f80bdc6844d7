// SPDX-License-Identifier: Apache-2.0
package io.millrace.examples;

import io.millrace.api.function.AggregateFunction;

/** Adds up the delays of a window's flights. */
final class DelayAggregate implements AggregateFunction<Flight, DelayTotals, DelayTotals> {
    @Override
    public DelayTotals createAccumulator() {
        return new DelayTotals();
    }

    @Override
    public DelayTotals add(Flight flight, DelayTotals totals) {
        totals.add(flight.delay());
        return totals;
    }

    @Override
    public DelayTotals getResult(DelayTotals totals) {
        return totals;
    }

    @Override
    public DelayTotals merge(DelayTotals left, DelayTotals right) {
        left.add(right);
        return left;
    }
}
