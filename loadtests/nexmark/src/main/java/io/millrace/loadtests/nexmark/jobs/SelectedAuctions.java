// SPDX-License-Identifier: Apache-2.0
package io.millrace.loadtests.nexmark.jobs;

import io.millrace.api.StreamEnvironment;
import io.millrace.api.StreamJob;
import io.millrace.loadtests.nexmark.results.AuctionPrice;

/** Query 2: auction and price of the bids for every 123rd auction. */
public final class SelectedAuctions implements StreamJob {
    private static final long EVERY = 123;

    @Override
    public void define(StreamEnvironment env) {
        Bids.tally(
                env,
                Bids.of(env)
                        .filter(bid -> bid.auction() % EVERY == 0)
                        .name("select")
                        .uid("select")
                        .map(bid -> new AuctionPrice(bid.auction(), bid.price()))
                        .name("prices")
                        .uid("prices"));
    }
}
