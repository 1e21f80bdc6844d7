// SPDX-License-Identifier: Apache-2.0
package io.millrace.loadtests.nexmark.loops;

import io.millrace.loadtests.nexmark.events.Bid;
import io.millrace.loadtests.nexmark.events.Event;
import io.millrace.loadtests.nexmark.results.Tally;
import java.util.Iterator;

/** Query 1: every bid with its price in another currency, at 0.908, rounded down. */
public final class CurrencyConversionLoop implements Loop {
    @Override
    public void run(Iterator<Event> events, Tally tally) {
        while (events.hasNext()) {
            if (events.next() instanceof Bid bid) {
                tally.add(new Bid(
                        bid.auction(),
                        bid.bidder(),
                        bid.price() * 908 / 1_000,
                        bid.channel(),
                        bid.url(),
                        bid.dateTime(),
                        bid.extra()));
            }
        }
    }
}
