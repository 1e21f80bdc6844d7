// SPDX-License-Identifier: Apache-2.0
package io.millrace.loadtests.nexmark.jobs;

import io.millrace.api.StreamEnvironment;
import io.millrace.api.StreamJob;
import io.millrace.loadtests.nexmark.results.BidChange;
import io.millrace.loadtests.nexmark.results.BidderAuction;

/** Query 18: the last bid of each bidder for each auction, as a table: every change with the bid that it replaces. */
public final class LastBids implements StreamJob {
    @Override
    public void define(StreamEnvironment env) {
        Bids.tally(
                env,
                Bids.of(env)
                        .keyBy(bid -> new BidderAuction(bid.bidder(), bid.auction()), BidderAuction.class)
                        .process(new KeepLast())
                        .name("last bid")
                        .uid("last-bid")
                        .returns(BidChange.class));
    }
}
