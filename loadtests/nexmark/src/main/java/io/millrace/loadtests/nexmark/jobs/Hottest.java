// SPDX-License-Identifier: Apache-2.0
package io.millrace.loadtests.nexmark.jobs;

import io.millrace.loadtests.nexmark.results.AuctionCount;
import java.util.ArrayList;
import java.util.List;

/** The auctions with the highest count so far, all that tie; mutable, for an aggregate. */
final class Hottest {
    private final List<AuctionCount> auctions = new ArrayList<>();

    void offer(AuctionCount count) {
        long highest = auctions.isEmpty() ? 0 : auctions.get(0).bids();
        if (count.bids() > highest) {
            auctions.clear();
        }
        if (count.bids() >= highest) {
            auctions.add(count);
        }
    }

    List<AuctionCount> auctions() {
        return auctions;
    }
}
