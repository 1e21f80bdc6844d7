// SPDX-License-Identifier: Apache-2.0
package io.millrace.loadtests.nexmark.loops;

import io.millrace.loadtests.nexmark.events.Event;
import io.millrace.loadtests.nexmark.results.Tally;
import java.util.Iterator;

/** A query as one loop over all events. */
@FunctionalInterface
public interface Loop {
    /** Reads all events, which come in the order of their times, and tallies the answer. */
    void run(Iterator<Event> events, Tally tally);
}
