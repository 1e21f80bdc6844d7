// SPDX-License-Identifier: Apache-2.0
package io.millrace.loadtests.nexmark.events;

import java.util.Random;

/**
 * Makes events one after the other as Nexmark defines them. Of 50 events the first is a person, the next three are
 * auctions, the rest bids. Three of four bids come from the hot bidder and one of two goes to the hot auction, three of
 * four auctions are of the hot seller; hot is the latest id that is a multiple of 100. The others are drawn from the
 * 1,000 latest people and the 100 latest auctions, and some ids yet to come. Prices are spread evenly over the powers of
 * ten from 1 to 1,000,000 currency units.
 *
 * <p>Deterministic on every JDK: {@link Random}'s algorithms are specified, and so is {@link StrictMath}.
 */
final class EventMaker {
    static final int PEOPLE = 1;
    static final int AUCTIONS = 3;
    /** Events after which their kinds repeat. */
    static final int ROUND = 50;

    static final long FIRST_PERSON = 1_000;
    static final long FIRST_AUCTION = 1_000;
    static final int HOT_EVERY = 100;
    static final int ACTIVE_PEOPLE = 1_000;

    private static final int HOT_AUCTION_RATIO = 2;
    private static final int HOT_BIDDER_RATIO = 4;
    private static final int HOT_SELLER_RATIO = 4;
    private static final int HOT_CHANNEL_RATIO = 2;
    private static final int IN_FLIGHT_AUCTIONS = 100;
    /** So many ids that do not exist yet may be drawn. */
    private static final int LEAD = 10;

    private static final long FIRST_CATEGORY = 10;
    private static final int CATEGORIES = 5;
    private static final double PRICE_MAGNITUDES = 6;
    private static final int CENTS = 100;

    private final Random random;
    private final EventTexts texts;
    private final EventTimes times;

    EventMaker(long seed, EventTimes times) {
        this.random = new Random(seed);
        this.texts = new EventTexts(random);
        this.times = times;
    }

    /** The event of an index; to be called for the indices from 0 on, in turn. */
    Event next(int index) {
        int place = index % ROUND;
        if (place < PEOPLE) {
            return person(index);
        }
        return place < PEOPLE + AUCTIONS ? auction(index) : bid(index);
    }

    private Person person(int index) {
        return new Person(
                FIRST_PERSON + lastPerson(index),
                texts.name(),
                texts.emailAddress(),
                texts.creditCard(),
                texts.city(),
                texts.state(),
                times.at(index),
                texts.extra());
    }

    private Auction auction(int index) {
        long time = times.at(index);
        boolean hot = random.nextInt(HOT_SELLER_RATIO) > 0;
        long seller = hot ? lastPerson(index) / HOT_EVERY * HOT_EVERY : anyPerson(index);
        long initialBid = price();
        // On average an auction stays open while the next IN_FLIGHT_AUCTIONS begin.
        long horizonMs = times.at(index + IN_FLIGHT_AUCTIONS * ROUND / AUCTIONS) - time;
        return new Auction(
                FIRST_AUCTION + lastAuction(index),
                texts.itemName(),
                texts.description(),
                initialBid,
                initialBid + price(),
                time,
                time + 1 + random.nextInt((int) Math.max(1, horizonMs * 2)),
                FIRST_PERSON + seller,
                FIRST_CATEGORY + random.nextInt(CATEGORIES),
                texts.extra());
    }

    private Bid bid(int index) {
        boolean hotAuction = random.nextInt(HOT_AUCTION_RATIO) > 0;
        long auction = hotAuction ? lastAuction(index) / HOT_EVERY * HOT_EVERY : anyAuction(index);
        boolean hotBidder = random.nextInt(HOT_BIDDER_RATIO) > 0;
        // One above the hot seller: nobody bids for what is his own.
        long bidder = hotBidder ? lastPerson(index) / HOT_EVERY * HOT_EVERY + 1 : anyPerson(index);
        int channel = texts.channel(random.nextInt(HOT_CHANNEL_RATIO) > 0);
        return new Bid(
                FIRST_AUCTION + auction,
                FIRST_PERSON + bidder,
                price(),
                texts.channelName(channel),
                texts.channelUrl(channel),
                times.at(index),
                texts.extra());
    }

    private long anyPerson(int index) {
        int people = lastPerson(index) + 1;
        int active = Math.min(people, ACTIVE_PEOPLE);
        return people - active + random.nextInt(active + LEAD);
    }

    private long anyAuction(int index) {
        int last = lastAuction(index);
        int oldest = Math.max(0, last - IN_FLIGHT_AUCTIONS);
        return oldest + random.nextInt(last - oldest + 1 + LEAD);
    }

    /** Number, from 0, of the latest person at an index. */
    private static int lastPerson(int index) {
        return index / ROUND * PEOPLE + Math.min(index % ROUND, PEOPLE - 1);
    }

    /** Number, from 0, of the latest auction at an index; at the very first event, before all auctions, that one too. */
    private static int lastAuction(int index) {
        int begun = Math.min(Math.max(index % ROUND - PEOPLE + 1, 0), AUCTIONS);
        return Math.max(0, index / ROUND * AUCTIONS + begun - 1);
    }

    private long price() {
        return Math.round(StrictMath.pow(10, random.nextDouble() * PRICE_MAGNITUDES) * CENTS);
    }
}
