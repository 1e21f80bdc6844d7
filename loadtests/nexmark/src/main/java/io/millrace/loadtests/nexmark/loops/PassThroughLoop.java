// SPDX-License-Identifier: Apache-2.0
package io.millrace.loadtests.nexmark.loops;

import io.millrace.loadtests.nexmark.events.Bid;
import io.millrace.loadtests.nexmark.events.Event;
import io.millrace.loadtests.nexmark.results.Tally;
import java.util.Iterator;

/** Query 0: every bid as it is. */
public final class PassThroughLoop implements Loop {
    @Override
    public void run(Iterator<Event> events, Tally tally) {
        while (events.hasNext()) {
            if (events.next() instanceof Bid bid) {
                tally.add(bid);
            }
        }
    }
}
