// SPDX-License-Identifier: Apache-2.0
package io.millrace.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.StreamEnvironment;
import io.millrace.api.StreamJob;
import io.millrace.examples.TopN.ItemCount;
import io.millrace.examples.TopN.Purchase;
import io.millrace.examples.TopN.Ranking;
import io.millrace.testkit.CollectSink;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(ExampleNode.class)
class TopNTest {
    private static final String LABEL = "top-n";

    public static final class Job implements StreamJob {
        @Override
        public void define(StreamEnvironment env) {
            TopN.rankings(env).sinkTo(new CollectSink<>(LABEL)).uid("collect");
        }
    }

    @AfterEach
    void forget() {
        CollectSink.forget(LABEL);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void picksTheBestOfEachWindow(int parallelism, ExampleNode.Running node) throws Exception {
        node.run(Job.class, parallelism, 512);

        assertThat(CollectSink.<Ranking>committed(LABEL)).containsExactlyInAnyOrderElementsOf(expected());
    }

    /** Window by window: counts all purchases in it, and sorts. */
    private static List<Ranking> expected() {
        List<Purchase> purchases =
                LongStream.range(0, TopN.PURCHASES).mapToObj(TopN::purchase).toList();
        Instant first = purchases.stream()
                .map(Purchase::time)
                .min(Comparator.naturalOrder())
                .orElseThrow();
        Instant last = purchases.stream()
                .map(Purchase::time)
                .max(Comparator.naturalOrder())
                .orElseThrow();
        List<Ranking> expected = new ArrayList<>();
        for (Instant end = Instant.parse("2026-01-05T08:00:00Z"); end.isBefore(last.plus(TopN.SIZE)); ) {
            end = end.plus(TopN.SLIDE);
            Instant windowEnd = end;
            Map<String, Long> counts = purchases.stream()
                    .filter(purchase -> purchase.time().isBefore(windowEnd)
                            && !purchase.time().isBefore(windowEnd.minus(TopN.SIZE)))
                    .collect(Collectors.groupingBy(Purchase::item, Collectors.counting()));
            List<ItemCount> top = counts.entrySet().stream()
                    .sorted(Map.Entry.<String, Long>comparingByValue()
                            .reversed()
                            .thenComparing(Map.Entry.comparingByKey()))
                    .limit(3)
                    .map(entry -> new ItemCount(entry.getKey(), windowEnd, entry.getValue()))
                    .toList();
            if (!top.isEmpty()) {
                expected.add(new Ranking(windowEnd, top));
            }
        }
        assertThat(expected).hasSizeGreaterThan(10);
        assertThat(first).isBefore(last);
        return expected;
    }
}
