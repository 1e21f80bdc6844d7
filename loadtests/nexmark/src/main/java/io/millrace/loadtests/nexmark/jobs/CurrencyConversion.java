// SPDX-License-Identifier: Apache-2.0
package io.millrace.loadtests.nexmark.jobs;

import io.millrace.api.StreamEnvironment;
import io.millrace.api.StreamJob;
import io.millrace.loadtests.nexmark.events.Bid;

/** Query 1: every bid with its price in another currency, at 0.908, rounded down. */
public final class CurrencyConversion implements StreamJob {
    private static final long RATE = 908;
    private static final long RATE_OF = 1_000;

    @Override
    public void define(StreamEnvironment env) {
        Bids.tally(
                env,
                Bids.of(env).map(CurrencyConversion::convert).name("convert").uid("convert"));
    }

    private static Bid convert(Bid bid) {
        return new Bid(
                bid.auction(),
                bid.bidder(),
                bid.price() * RATE / RATE_OF,
                bid.channel(),
                bid.url(),
                bid.dateTime(),
                bid.extra());
    }
}
