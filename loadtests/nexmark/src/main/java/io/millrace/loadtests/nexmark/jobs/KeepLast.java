// SPDX-License-Identifier: Apache-2.0
package io.millrace.loadtests.nexmark.jobs;

import io.millrace.api.function.Collector;
import io.millrace.api.function.KeyedProcessFunction;
import io.millrace.api.function.RuntimeContext;
import io.millrace.api.state.ValueState;
import io.millrace.api.state.ValueStateDescriptor;
import io.millrace.loadtests.nexmark.events.Bid;
import io.millrace.loadtests.nexmark.results.BidChange;
import io.millrace.loadtests.nexmark.results.BidderAuction;

/** Keeps the last bid of a key. Bids may come in any order: readers are only close to each other in event time. */
final class KeepLast extends KeyedProcessFunction<BidderAuction, Bid, BidChange> {
    private ValueState<Bid> last;

    @Override
    public void open(RuntimeContext context) {
        last = context.getState(new ValueStateDescriptor<>("last", Bid.class));
    }

    @Override
    public void processElement(Bid bid, Context<BidderAuction> context, Collector<BidChange> out) {
        Bid before = last.value();
        if (before == null || bid.isLaterThan(before)) {
            last.update(bid);
            out.collect(new BidChange(bid, before));
        }
    }
}
