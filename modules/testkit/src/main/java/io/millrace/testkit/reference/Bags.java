// SPDX-License-Identifier: Apache-2.0
package io.millrace.testkit.reference;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Lists whose order does not count. */
public final class Bags {
    private Bags() {}

    /** True when both hold the same, equally often. */
    static boolean same(List<?> left, List<?> right) {
        Map<Object, Integer> counts = new HashMap<>();
        left.forEach(value -> counts.merge(value, 1, Integer::sum));
        right.forEach(value -> counts.merge(value, -1, Integer::sum));
        return counts.values().stream().allMatch(count -> count == 0);
    }

    /** What is there too often or not often enough, in words; empty when both hold the same. */
    public static List<String> differences(List<String> expected, List<String> found) {
        Map<String, int[]> counts = new TreeMap<>();
        expected.forEach(text -> counts.computeIfAbsent(text, absent -> new int[2])[0]++);
        found.forEach(text -> counts.computeIfAbsent(text, absent -> new int[2])[1]++);
        List<String> differences = new ArrayList<>();
        counts.forEach((text, count) -> {
            if (count[0] != count[1]) {
                differences.add("'" + text + "' " + count[1] + " times instead of " + count[0]);
            }
        });
        return differences;
    }
}
