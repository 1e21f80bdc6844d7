// SPDX-License-Identifier: Apache-2.0
package io.millrace.loadtests.nexmark.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventStreamTest {
    private static final long BEGIN_MS = 1_436_918_400_000L;
    private static final int FOUR_LAPS = 4 * EventStream.LAP;
    private static final EventStream STREAM = EventStream.of(1, 10_000);

    private static List<Event> first(EventStream stream, int count) {
        List<Event> events = new ArrayList<>(count);
        stream.first(count).forEachRemaining(events::add);
        return events;
    }

    @Test
    void ofFiftyEventsOneIsAPersonAndThreeAreAuctions() {
        List<Event> events = first(STREAM, FOUR_LAPS);
        for (int i = 0; i < FOUR_LAPS; i++) {
            int place = i % 50;
            Class<?> expected = place == 0 ? Person.class : place <= 3 ? Auction.class : Bid.class;
            assertThat(events.get(i)).isInstanceOf(expected);
        }
    }

    @Test
    void idsAndTimesGoOnWithoutAGapFromLapToLap() {
        List<Event> events = first(STREAM, FOUR_LAPS);
        long nextPerson = 1_000;
        long nextAuction = 1_000;
        for (int i = 0; i < FOUR_LAPS; i++) {
            Event event = events.get(i);
            assertThat(event.dateTime()).isEqualTo(BEGIN_MS + i / 10);
            if (event instanceof Person person) {
                assertThat(person.id()).isEqualTo(nextPerson++);
            } else if (event instanceof Auction auction) {
                assertThat(auction.id()).isEqualTo(nextAuction++);
                assertThat(auction.expires()).isGreaterThan(auction.dateTime());
                assertThat(auction.reserve()).isGreaterThan(auction.initialBid());
            }
        }
        assertThat(nextPerson).isEqualTo(1_000 + FOUR_LAPS / 50);
        assertThat(nextAuction).isEqualTo(1_000 + FOUR_LAPS / 50 * 3);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 7, 999, 333_333, 1_000_000_000})
    void timesNeverGoBackAtAnyRate(long perSecond) {
        List<Event> events = first(EventStream.of(1, perSecond), FOUR_LAPS);
        for (int i = 1; i < FOUR_LAPS; i++) {
            assertThat(events.get(i).dateTime())
                    .isGreaterThanOrEqualTo(events.get(i - 1).dateTime());
        }
        double expectedMs = (FOUR_LAPS - 1) * 1_000.0 / perSecond;
        assertThat(events.get(FOUR_LAPS - 1).dateTime() - BEGIN_MS).isCloseTo((long) expectedMs, within(2L));
    }

    @Test
    void bidsAreForAuctionsAndByPeopleOfTheMoment() {
        long latestPerson = 0;
        long latestAuction = 0;
        for (Event event : first(STREAM, FOUR_LAPS)) {
            if (event instanceof Person person) {
                latestPerson = person.id();
            } else if (event instanceof Auction auction) {
                latestAuction = auction.id();
                assertThat(auction.seller()).isBetween(latestPerson - 1_000, latestPerson + 10);
            } else if (event instanceof Bid bid) {
                assertThat(bid.auction()).isBetween(Math.max(1_000, latestAuction - 100), latestAuction + 10);
                assertThat(bid.bidder()).isBetween(Math.max(1_000, latestPerson - 1_000), latestPerson + 10);
                assertThat(bid.price()).isBetween(100L, 100_000_000L);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void hotOnesGetTheirShareInEveryLap(int lap) {
        int hotAuctions = 0;
        int hotBidders = 0;
        int hotSellers = 0;
        int hotChannels = 0;
        long latestPerson = 0;
        long latestAuction = 0;
        for (int i = 0; i < EventStream.LAP; i++) {
            Event event = STREAM.at((long) lap * EventStream.LAP + i);
            if (event instanceof Person person) {
                latestPerson = person.id();
            } else if (event instanceof Auction auction) {
                latestAuction = auction.id();
                hotSellers += auction.seller() == latestPerson / 100 * 100 ? 1 : 0;
            } else if (event instanceof Bid bid) {
                hotAuctions += bid.auction() == latestAuction / 100 * 100 ? 1 : 0;
                hotBidders += bid.bidder() == latestPerson / 100 * 100 + 1 ? 1 : 0;
                hotChannels += bid.channel().startsWith("channel-") ? 0 : 1;
            }
        }
        double bids = EventStream.LAP / 50 * 46;
        // One of two and three of four, and few by chance.
        assertThat(hotAuctions / bids).isCloseTo(0.505, within(0.02));
        assertThat(hotBidders / bids).isCloseTo(0.75, within(0.02));
        assertThat(hotSellers / (EventStream.LAP / 50 * 3.0)).isCloseTo(0.75, within(0.03));
        assertThat(hotChannels / bids).isCloseTo(0.5, within(0.02));
    }

    @Test
    void pricesAreSpreadOverPowersOfTen() {
        int[] counts = new int[6];
        int bids = 0;
        for (Event event : first(STREAM, EventStream.LAP)) {
            if (event instanceof Bid bid) {
                counts[Math.min(5, (int) Math.log10(bid.price() / 100.0))]++;
                bids++;
            }
        }
        for (int count : counts) {
            assertThat((double) count / bids).isCloseTo(1.0 / 6, within(0.01));
        }
    }

    @Test
    void theStreamIsAFunctionOfSeedAndIndex() {
        List<Event> events = first(STREAM, 120_000);
        for (int i = 0; i < events.size(); i += 777) {
            assertThat(STREAM.at(i)).isEqualTo(events.get(i));
        }
        assertThat(EventStream.of(1, 10_000)).isSameAs(STREAM);
        assertThat(EventStream.of(2, 10_000).at(60_004)).isNotEqualTo(STREAM.at(60_004));
        // On every JDK: runs of several are compared.
        assertThat(STREAM.at(4))
                .isEqualTo(new Bid(
                        1_003,
                        1_005,
                        156_159,
                        "channel-7629",
                        "https://www.nexmark.com/shbzsmwffnml/item.htm?query=1&channel_id=7633",
                        BEGIN_MS,
                        "lisvziiojybwcayctfaexfz"));
    }

    @Test
    void aReplayedEventSharesItsStrings() {
        Bid once = (Bid) STREAM.at(EventStream.LAP + 4);
        Bid again = (Bid) STREAM.at(3L * EventStream.LAP + 4);
        assertThat(again.url()).isSameAs(once.url());
        assertThat(again.extra()).isSameAs(once.extra());
        assertThat(again.auction()).isEqualTo(once.auction() + 6_000);
        assertThat(again.bidder()).isEqualTo(once.bidder() + 2_000);
        assertThat(again.dateTime()).isEqualTo(once.dateTime() + 10_000);
    }

    @Test
    void theStreamEndsWhereItIsCutOff() {
        assertThat(first(STREAM, 0)).isEmpty();
        Iterator<Event> one = STREAM.first(1);
        one.next();
        assertThat(one.hasNext()).isFalse();
        assertThatThrownBy(one::next).isInstanceOf(NoSuchElementException.class);
        assertThatThrownBy(() -> EventStream.of(1, 0)).hasMessageContaining("not 0");
    }
}
