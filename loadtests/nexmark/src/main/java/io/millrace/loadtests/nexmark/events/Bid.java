// SPDX-License-Identifier: Apache-2.0
package io.millrace.loadtests.nexmark.events;

import java.util.Comparator;

/**
 * A person bids for an item.
 *
 * @param auction id of an {@link Auction}
 * @param bidder id of a {@link Person}
 * @param price cents
 */
public record Bid(long auction, long bidder, long price, String channel, String url, long dateTime, String extra)
        implements Event {
    private static final Comparator<Bid> BY_ALL_ELSE = Comparator.comparingLong(Bid::auction)
            .thenComparingLong(Bid::bidder)
            .thenComparing(Bid::channel)
            .thenComparing(Bid::url)
            .thenComparing(Bid::extra);

    @Override
    public Bid shifted(long people, long auctions, long millis) {
        return new Bid(auction + auctions, bidder + people, price, channel, url, dateTime + millis, extra);
    }

    /** Orders bids by price, of equal prices the earlier first; a total order, so that no answer depends on arrival. */
    public boolean isHigherThan(Bid other) {
        if (price != other.price) {
            return price > other.price;
        }
        return dateTime == other.dateTime ? BY_ALL_ELSE.compare(this, other) > 0 : dateTime < other.dateTime;
    }

    /** Orders bids by time, of the same millisecond by price; a total order, so that no answer depends on arrival. */
    public boolean isLaterThan(Bid other) {
        if (dateTime != other.dateTime) {
            return dateTime > other.dateTime;
        }
        return price == other.price ? BY_ALL_ELSE.compare(this, other) > 0 : price > other.price;
    }
}
