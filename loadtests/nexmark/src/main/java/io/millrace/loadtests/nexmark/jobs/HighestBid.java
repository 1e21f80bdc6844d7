// SPDX-License-Identifier: Apache-2.0
package io.millrace.loadtests.nexmark.jobs;

import io.millrace.api.StreamEnvironment;
import io.millrace.api.StreamJob;
import io.millrace.api.stream.DataStream;
import io.millrace.api.window.TumblingEventTimeWindows;
import io.millrace.loadtests.nexmark.events.Bid;
import java.time.Duration;

/**
 * Query 7: the highest bid of every ten seconds; of equal ones the earliest. First among a part of the bids each, so
 * that the work can be spread, then among the highest of the parts.
 */
public final class HighestBid implements StreamJob {
    private static final Duration SIZE = Duration.ofSeconds(10);
    private static final long SIZE_MS = SIZE.toMillis();
    private static final int PARTS = 64;

    @Override
    public void define(StreamEnvironment env) {
        // By price, because its last digits spread evenly; auctions and bidders have hot ones.
        DataStream<Bid> highestOfParts = Bids.of(env)
                .keyBy(bid -> (int) (bid.price() % PARTS), Integer.class)
                .window(TumblingEventTimeWindows.of(SIZE))
                .reduce(HighestBid::higher)
                .name("highest of parts")
                .uid("highest-of-parts");
        DataStream<Bid> highest = highestOfParts
                .keyBy(bid -> bid.dateTime() / SIZE_MS, Long.class)
                .window(TumblingEventTimeWindows.of(SIZE))
                .reduce(HighestBid::higher)
                .name("highest")
                .uid("highest");
        Bids.tally(env, highest);
    }

    private static Bid higher(Bid left, Bid right) {
        return right.isHigherThan(left) ? right : left;
    }
}
