// SPDX-License-Identifier: Apache-2.0
package io.millrace.loadtests.nexmark.results;

import io.millrace.loadtests.nexmark.events.Bid;

/**
 * Counts results and adds up their checksums: equal for equal results in any order. A change of a row counts as one row
 * more and the replaced one less, so that what remains is the table, however many changes led to it.
 *
 * <p>Confined to one thread.
 */
public final class Tally {
    // Odd, with bits all over: the fractional parts of square roots of primes.
    private static final long BY_AUCTION = 0x6a09e667f3bcc909L;
    private static final long BY_BIDDER = 0xbb67ae8584caa73bL;
    private static final long BY_PRICE = 0x3c6ef372fe94f82bL;
    private static final long BY_TIME = 0xa54ff53a5f1d36f1L;
    private static final long BY_CHANNEL = 0x510e527fade682d1L;
    private static final long BY_URL = 0x9b05688c2b3e6c1fL;
    private static final long BY_EXTRA = 0x1f83d9abfb41bd6bL;

    private long results;
    private long checksum;

    /** Takes a result of any query. Type checks, not an interface: no answer of one query slows down another's. */
    public void add(Object result) {
        if (result instanceof Bid bid) {
            results++;
            checksum += hash(bid);
        } else if (result instanceof BidChange change) {
            addChange(change);
        } else if (result instanceof AuctionPrice row) {
            results++;
            checksum += mix(row.auction() * BY_AUCTION + row.price() * BY_PRICE);
        } else if (result instanceof AuctionCount row) {
            results++;
            checksum += mix(row.auction() * BY_AUCTION + row.bids() * BY_PRICE + row.windowEnd() * BY_TIME);
        } else {
            throw new IllegalArgumentException(
                    "No query answers with a " + result.getClass().getName() + ".");
        }
    }

    private void addChange(BidChange change) {
        Bid replaced = change.replaced();
        checksum += hash(change.bid());
        if (replaced == null) {
            results++;
        } else {
            checksum -= hash(replaced);
        }
    }

    /** Strings keep their hash, and events share their strings: it is computed once. */
    private static long hash(Bid bid) {
        return mix(bid.auction() * BY_AUCTION
                + bid.bidder() * BY_BIDDER
                + bid.price() * BY_PRICE
                + bid.dateTime() * BY_TIME
                + bid.channel().hashCode() * BY_CHANNEL
                + bid.url().hashCode() * BY_URL
                + bid.extra().hashCode() * BY_EXTRA);
    }

    /** The finaliser of SplitMix64. */
    private static long mix(long sum) {
        long mixed = (sum ^ (sum >>> 30)) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
        return mixed ^ (mixed >>> 31);
    }

    /** Rows so far. */
    public long results() {
        return results;
    }

    /** The sum of the rows' hashes so far. */
    public long checksum() {
        return checksum;
    }
}
