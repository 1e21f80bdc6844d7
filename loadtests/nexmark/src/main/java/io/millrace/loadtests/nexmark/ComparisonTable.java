// SPDX-License-Identifier: Apache-2.0
package io.millrace.loadtests.nexmark;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Results side by side, for people. */
final class ComparisonTable {
    private static final String ROW = "%-6s %-10s %5d %15s %33s %8s%n";
    private static final String HEADER = "%-6s %-10s %5s %15s %33s %8s%n";

    private record Row(String query, String engine) {}

    private final Map<Row, List<Long>> rates = new LinkedHashMap<>();

    ComparisonTable(List<RunResult> results) {
        for (RunResult result : results) {
            rates.computeIfAbsent(new Row(result.query(), result.engine()), row -> new ArrayList<>())
                    .add(result.eventsPerSecond());
        }
        rates.values().forEach(values -> values.sort(null));
    }

    /** One line for each query and engine; rates are events a second, and the ratio is that to the loop. */
    String text() {
        StringBuilder text = new StringBuilder();
        text.append(String.format(Locale.ROOT, HEADER, "query", "engine", "runs", "median/s", "min..max", "loop=1"));
        rates.forEach((row, values) -> text.append(String.format(
                Locale.ROOT,
                ROW,
                row.query(),
                row.engine(),
                values.size(),
                grouped(median(values)),
                grouped(values.get(0)) + ".." + grouped(values.get(values.size() - 1)),
                ratio(row, values))));
        return text.toString();
    }

    private String ratio(Row row, List<Long> values) {
        List<Long> loop = rates.get(new Row(row.query(), EngineName.LOOP.toString()));
        return loop == null ? "-" : String.format(Locale.ROOT, "%.2f", (double) median(values) / median(loop));
    }

    /** Of an even number of values the mean of the middle two. */
    static long median(List<Long> sorted) {
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    private static String grouped(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
