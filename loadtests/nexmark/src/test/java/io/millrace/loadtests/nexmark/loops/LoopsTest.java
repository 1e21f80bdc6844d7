// SPDX-License-Identifier: Apache-2.0
package io.millrace.loadtests.nexmark.loops;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.loadtests.nexmark.events.Bid;
import io.millrace.loadtests.nexmark.events.EventStream;
import io.millrace.loadtests.nexmark.results.AuctionCount;
import io.millrace.loadtests.nexmark.results.AuctionPrice;
import io.millrace.loadtests.nexmark.results.BidderAuction;
import io.millrace.loadtests.nexmark.results.Tally;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The loops against the queries' definitions, written down once more over all bids at once. */
class LoopsTest {
    private static final int EVENTS = 150_000;
    private static final EventStream STREAM = EventStream.of(3, 5_000);
    private static final List<Bid> BIDS = bids();

    private static List<Bid> bids() {
        List<Bid> bids = new ArrayList<>();
        STREAM.first(EVENTS).forEachRemaining(event -> {
            if (event instanceof Bid bid) {
                bids.add(bid);
            }
        });
        return bids;
    }

    private static void assertAnswers(Loop loop, Collection<?> expected) {
        Tally actual = new Tally();
        loop.run(STREAM.first(EVENTS), actual);
        Tally tally = new Tally();
        expected.forEach(tally::add);
        assertThat(tally.results()).isPositive();
        assertThat(actual.results()).isEqualTo(tally.results());
        assertThat(actual.checksum()).isEqualTo(tally.checksum());
    }

    @Test
    void passThrough() {
        assertThat(BIDS).hasSize(EVENTS / 50 * 46);
        assertAnswers(new PassThroughLoop(), BIDS);
    }

    @Test
    void currencyConversion() {
        assertAnswers(
                new CurrencyConversionLoop(),
                BIDS.stream()
                        .map(bid -> new Bid(
                                bid.auction(),
                                bid.bidder(),
                                Math.floorDiv(bid.price() * 908, 1000),
                                bid.channel(),
                                bid.url(),
                                bid.dateTime(),
                                bid.extra()))
                        .toList());
    }

    @Test
    void selectedAuctions() {
        assertAnswers(
                new SelectedAuctionsLoop(),
                BIDS.stream()
                        .filter(bid -> bid.auction() / 123 * 123 == bid.auction())
                        .map(bid -> new AuctionPrice(bid.auction(), bid.price()))
                        .toList());
    }

    @Test
    void hotItems() {
        long begin = BIDS.get(0).dateTime() - 10_000;
        long last = BIDS.get(BIDS.size() - 1).dateTime();
        List<AuctionCount> hottest = new ArrayList<>();
        for (long start = begin; start <= last; start += 2_000) {
            long from = start;
            long end = start + 10_000;
            Map<Long, Long> counts = BIDS.stream()
                    .filter(bid -> bid.dateTime() >= from && bid.dateTime() < end)
                    .collect(Collectors.groupingBy(Bid::auction, Collectors.counting()));
            long most = counts.values().stream().mapToLong(bids -> bids).max().orElse(0);
            counts.forEach((auction, bids) -> {
                if (bids == most) {
                    hottest.add(new AuctionCount(end, auction, bids));
                }
            });
        }
        assertAnswers(new HotItemsLoop(), hottest);
    }

    @Test
    void highestBid() {
        Comparator<Bid> order = Comparator.comparingLong(Bid::price)
                .thenComparing(Comparator.comparingLong(Bid::dateTime).reversed());
        assertAnswers(
                new HighestBidLoop(),
                BIDS.stream()
                        .collect(Collectors.toMap(
                                bid -> bid.dateTime() / 10_000,
                                Function.identity(),
                                (left, right) -> order.compare(left, right) >= 0 ? left : right))
                        .values());
    }

    @Test
    void lastBids() {
        Comparator<Bid> order = Comparator.comparingLong(Bid::dateTime).thenComparingLong(Bid::price);
        assertAnswers(
                new LastBidsLoop(),
                BIDS.stream()
                        .collect(Collectors.toMap(
                                bid -> new BidderAuction(bid.bidder(), bid.auction()),
                                Function.identity(),
                                (left, right) -> order.compare(left, right) >= 0 ? left : right))
                        .values());
    }
}
