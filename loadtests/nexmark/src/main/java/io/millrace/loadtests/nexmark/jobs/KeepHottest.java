// SPDX-License-Identifier: Apache-2.0
package io.millrace.loadtests.nexmark.jobs;

import io.millrace.api.function.AggregateFunction;
import io.millrace.loadtests.nexmark.results.AuctionCount;

/** Keeps the auctions with the most bids. */
final class KeepHottest implements AggregateFunction<AuctionCount, Hottest, Hottest> {
    @Override
    public Hottest createAccumulator() {
        return new Hottest();
    }

    @Override
    public Hottest add(AuctionCount count, Hottest hottest) {
        hottest.offer(count);
        return hottest;
    }

    @Override
    public Hottest getResult(Hottest hottest) {
        return hottest;
    }

    @Override
    public Hottest merge(Hottest left, Hottest right) {
        right.auctions().forEach(left::offer);
        return left;
    }
}
