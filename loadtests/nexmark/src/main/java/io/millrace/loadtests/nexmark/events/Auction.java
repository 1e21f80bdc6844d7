// SPDX-License-Identifier: Apache-2.0
package io.millrace.loadtests.nexmark.events;

/**
 * An item is put up for auction.
 *
 * @param initialBid cents, as all prices
 * @param expires when the auction closes, milliseconds since the epoch
 * @param seller id of a {@link Person}
 */
public record Auction(
        long id,
        String itemName,
        String description,
        long initialBid,
        long reserve,
        long dateTime,
        long expires,
        long seller,
        long category,
        String extra)
        implements Event {
    @Override
    public Auction shifted(long people, long auctions, long millis) {
        return new Auction(
                id + auctions,
                itemName,
                description,
                initialBid,
                reserve,
                dateTime + millis,
                expires + millis,
                seller + people,
                category,
                extra);
    }
}
