// SPDX-License-Identifier: Apache-2.0
package io.millrace.loadtests.nexmark.loops;

import io.millrace.loadtests.nexmark.events.Bid;
import io.millrace.loadtests.nexmark.events.Event;
import io.millrace.loadtests.nexmark.results.Tally;
import java.util.Iterator;

/** Query 7: the highest bid of every ten seconds; of equal ones the earliest. */
public final class HighestBidLoop implements Loop {
    private static final long SIZE_MS = 10_000;

    @Override
    public void run(Iterator<Event> events, Tally tally) {
        Bid highest = null;
        long window = 0;
        while (events.hasNext()) {
            if (events.next() instanceof Bid bid) {
                if (highest != null && bid.dateTime() / SIZE_MS != window) {
                    tally.add(highest);
                    highest = null;
                }
                if (highest == null || bid.isHigherThan(highest)) {
                    highest = bid;
                    window = bid.dateTime() / SIZE_MS;
                }
            }
        }
        if (highest != null) {
            tally.add(highest);
        }
    }
}
