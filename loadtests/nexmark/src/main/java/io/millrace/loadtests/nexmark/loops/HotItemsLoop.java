// SPDX-License-Identifier: Apache-2.0
package io.millrace.loadtests.nexmark.loops;

import io.millrace.loadtests.nexmark.events.Bid;
import io.millrace.loadtests.nexmark.events.Event;
import io.millrace.loadtests.nexmark.results.AuctionCount;
import io.millrace.loadtests.nexmark.results.Tally;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;

/** Query 5: the auctions with the most bids in the last ten seconds, every two seconds; all of them where several tie. */
public final class HotItemsLoop implements Loop {
    private static final long SIZE_MS = 10_000;
    private static final long SLIDE_MS = 2_000;

    @Override
    public void run(Iterator<Event> events, Tally tally) {
        TreeMap<Long, Map<Long, Long>> countsByWindowEnd = new TreeMap<>();
        while (events.hasNext()) {
            if (events.next() instanceof Bid bid) {
                long time = bid.dateTime();
                while (!countsByWindowEnd.isEmpty() && countsByWindowEnd.firstKey() <= time) {
                    fire(countsByWindowEnd.pollFirstEntry(), tally);
                }
                long firstEnd = time - time % SLIDE_MS + SLIDE_MS;
                for (long end = firstEnd; end <= time + SIZE_MS; end += SLIDE_MS) {
                    countsByWindowEnd
                            .computeIfAbsent(end, ignored -> new HashMap<>())
                            .merge(bid.auction(), 1L, Long::sum);
                }
            }
        }
        countsByWindowEnd.entrySet().forEach(window -> fire(window, tally));
    }

    private static void fire(Map.Entry<Long, Map<Long, Long>> window, Tally tally) {
        long most = Collections.max(window.getValue().values());
        window.getValue().forEach((auction, bids) -> {
            if (bids == most) {
                tally.add(new AuctionCount(window.getKey(), auction, bids));
            }
        });
    }
}
