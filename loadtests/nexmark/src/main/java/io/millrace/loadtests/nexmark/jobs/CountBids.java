// SPDX-License-Identifier: Apache-2.0
package io.millrace.loadtests.nexmark.jobs;

import io.millrace.api.function.AggregateFunction;
import io.millrace.loadtests.nexmark.events.Bid;

/** Counts the bids of a window. */
final class CountBids implements AggregateFunction<Bid, BidCount, Long> {
    @Override
    public BidCount createAccumulator() {
        return new BidCount();
    }

    @Override
    public BidCount add(Bid bid, BidCount count) {
        count.add(1);
        return count;
    }

    @Override
    public Long getResult(BidCount count) {
        return count.bids();
    }

    @Override
    public BidCount merge(BidCount left, BidCount right) {
        left.add(right.bids());
        return left;
    }
}
