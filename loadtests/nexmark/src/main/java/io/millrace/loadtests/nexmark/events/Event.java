// SPDX-License-Identifier: Apache-2.0
package io.millrace.loadtests.nexmark.events;

/** Something that happens at the auction house. Immutable. */
public sealed interface Event permits Person, Auction, Bid {
    /** When it happened: milliseconds since the epoch, the event time. */
    long dateTime();

    /**
     * The same event of another lap: a new record that shares its strings with this one.
     *
     * @param people by how many people's ids it comes later
     * @param auctions by how many auctions' ids
     * @param millis by how much time
     */
    Event shifted(long people, long auctions, long millis);
}
