// SPDX-License-Identifier: Apache-2.0
package io.millrace.loadtests.profile;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Sums by name. */
final class Tally {
    private final Map<String, Long> sums = new HashMap<>();
    private long total;

    void add(String name, long weight) {
        sums.merge(name, weight, Long::sum);
        total += weight;
    }

    long total() {
        return total;
    }

    /** The greatest sums, greatest first; names settle a draw. */
    List<Map.Entry<String, Long>> top(int count) {
        return sums.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(count)
                .toList();
    }
}
