// SPDX-License-Identifier: Apache-2.0
package io.millrace.loadtests.nexmark.loops;

import io.millrace.loadtests.nexmark.events.Bid;
import io.millrace.loadtests.nexmark.events.Event;
import io.millrace.loadtests.nexmark.results.AuctionPrice;
import io.millrace.loadtests.nexmark.results.Tally;
import java.util.Iterator;

/** Query 2: auction and price of the bids for every 123rd auction. */
public final class SelectedAuctionsLoop implements Loop {
    @Override
    public void run(Iterator<Event> events, Tally tally) {
        while (events.hasNext()) {
            if (events.next() instanceof Bid bid && bid.auction() % 123 == 0) {
                tally.add(new AuctionPrice(bid.auction(), bid.price()));
            }
        }
    }
}
