// SPDX-License-Identifier: Apache-2.0
package io.millrace.testkit.generated;

import io.millrace.api.function.AggregateFunction;
import io.millrace.api.function.Collector;
import io.millrace.api.function.ProcessWindowFunction;
import io.millrace.api.window.TimeWindow;
import io.millrace.testkit.reference.OrderFree;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What generated jobs make of windows, whatever the order of their records. */
final class Aggregates {
    private Aggregates() {}

    /** Changes in place. */
    static final class Counts {
        private long count;
        private long sum;
    }

    /** Count and sum. */
    record Counting() implements AggregateFunction<Item, Counts, Item>, OrderFree {
        @Override
        public Counts createAccumulator() {
            return new Counts();
        }

        @Override
        public Counts add(Item item, Counts counts) {
            counts.count++;
            counts.sum += item.value();
            return counts;
        }

        @Override
        public Item getResult(Counts counts) {
            return new Item(counts.count, counts.sum);
        }

        @Override
        public Counts merge(Counts left, Counts right) {
            left.count += right.count;
            left.sum += right.sum;
            return left;
        }
    }

    /** Lowest and highest value; never changes. */
    record Range(long lowest, long highest) {}

    /** The lowest value, and how far the highest is from it. */
    record Ranging() implements AggregateFunction<Item, Range, Item>, OrderFree {
        @Override
        public Range createAccumulator() {
            return new Range(Long.MAX_VALUE, Long.MIN_VALUE);
        }

        @Override
        public Range add(Item item, Range range) {
            return new Range(Math.min(range.lowest, item.value()), Math.max(range.highest, item.value()));
        }

        @Override
        public Item getResult(Range range) {
            return new Item(range.lowest % 5, range.highest - range.lowest);
        }

        @Override
        public Range merge(Range left, Range right) {
            return new Range(Math.min(left.lowest, right.lowest), Math.max(left.highest, right.highest));
        }
    }

    /** A number that every item of the window, and the window itself, has changed. */
    static final class Digest implements ProcessWindowFunction<Item, Item, Long, TimeWindow>, OrderFree {
        @Override
        public void process(Long key, Context<TimeWindow> context, Iterable<Item> contents, Collector<Item> out) {
            TimeWindow window = context.window();
            List<Item> sorted = new ArrayList<>();
            contents.forEach(sorted::add);
            sorted.sort(Comparator.comparingLong(Item::value).thenComparingLong(Item::key));
            long digest = window.start() * 31 + window.end();
            for (Item item : sorted) {
                digest = digest * 31 + item.mixed(1);
            }
            out.collect(new Item(key, digest));
            out.collect(new Item(key + 1, sorted.size()));
        }
    }
}
