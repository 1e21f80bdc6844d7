// SPDX-License-Identifier: Apache-2.0
package io.millrace.loadtests.nexmark.loops;

import io.millrace.loadtests.nexmark.events.Bid;
import io.millrace.loadtests.nexmark.events.Event;
import io.millrace.loadtests.nexmark.results.BidChange;
import io.millrace.loadtests.nexmark.results.BidderAuction;
import io.millrace.loadtests.nexmark.results.Tally;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;

/** Query 18: the last bid of each bidder for each auction, as a table: every change with the bid that it replaces. */
public final class LastBidsLoop implements Loop {
    @Override
    public void run(Iterator<Event> events, Tally tally) {
        Map<BidderAuction, Bid> lastBids = new HashMap<>();
        while (events.hasNext()) {
            if (events.next() instanceof Bid bid) {
                BidderAuction key = new BidderAuction(bid.bidder(), bid.auction());
                Bid last = lastBids.get(key);
                if (last == null || bid.isLaterThan(last)) {
                    lastBids.put(key, bid);
                    tally.add(new BidChange(bid, last));
                }
            }
        }
    }
}
