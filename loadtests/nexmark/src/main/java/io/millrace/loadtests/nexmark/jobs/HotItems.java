// SPDX-License-Identifier: Apache-2.0
package io.millrace.loadtests.nexmark.jobs;

import io.millrace.api.StreamEnvironment;
import io.millrace.api.StreamJob;
import io.millrace.api.stream.DataStream;
import io.millrace.api.window.SlidingEventTimeWindows;
import io.millrace.api.window.TumblingEventTimeWindows;
import io.millrace.loadtests.nexmark.events.Bid;
import io.millrace.loadtests.nexmark.results.AuctionCount;
import java.time.Duration;

/** Query 5: the auctions with the most bids in the last ten seconds, every two seconds; all of them where several tie. */
public final class HotItems implements StreamJob {
    private static final Duration SIZE = Duration.ofSeconds(10);
    private static final Duration SLIDE = Duration.ofSeconds(2);

    @Override
    public void define(StreamEnvironment env) {
        DataStream<AuctionCount> counts = Bids.of(env)
                .keyBy(Bid::auction, Long.class)
                .window(SlidingEventTimeWindows.of(SIZE, SLIDE))
                .<BidCount, Long, AuctionCount>aggregate(
                        new CountBids(),
                        BidCount.class,
                        (auction, context, bids, out) -> bids.forEach(count ->
                                out.collect(new AuctionCount(context.window().end(), auction, count))))
                .name("bids by auction")
                .uid("bids-by-auction")
                .returns(AuctionCount.class);
        // A count bears its window's last timestamp, so the windows of the second stage are those of the slides.
        DataStream<AuctionCount> hottest = counts.keyBy(AuctionCount::windowEnd, Long.class)
                .window(TumblingEventTimeWindows.of(SLIDE))
                .<Hottest, Hottest, AuctionCount>aggregate(
                        new KeepHottest(),
                        Hottest.class,
                        (windowEnd, context, contents, out) ->
                                contents.forEach(tied -> tied.auctions().forEach(out::collect)))
                .name("hottest")
                .uid("hottest")
                .returns(AuctionCount.class);
        Bids.tally(env, hottest);
    }
}
