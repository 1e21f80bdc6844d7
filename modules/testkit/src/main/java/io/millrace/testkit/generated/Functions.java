// SPDX-License-Identifier: Apache-2.0
package io.millrace.testkit.generated;

import io.millrace.api.function.Collector;
import io.millrace.api.function.FilterFunction;
import io.millrace.api.function.FlatMapFunction;
import io.millrace.api.function.KeySelector;
import io.millrace.api.function.MapFunction;
import io.millrace.api.function.ProcessFunction;
import io.millrace.api.function.ReduceFunction;
import io.millrace.api.stream.OutputTag;
import io.millrace.testkit.reference.OrderFree;

/** The functions of generated jobs that need no state. What they do depends on the item and on their salt alone. */
final class Functions {
    private Functions() {}

    record Mixing(long salt, Runnable userCode) implements MapFunction<Item, Item> {
        @Override
        public Item map(Item item) {
            userCode.run();
            return new Item(item.key(), item.value() * 31 + salt % 1_000);
        }
    }

    /** Keeps three of four. */
    record Some(long salt, int slip) implements FilterFunction<Item> {
        @Override
        public boolean filter(Item item) {
            return item.mixedBelow(salt, 4) > 0 && item.mixedBelow(salt, 50) >= slip;
        }
    }

    /** None to three. */
    record Copies(long salt, Runnable userCode) implements FlatMapFunction<Item, Item> {
        @Override
        public void flatMap(Item item, Collector<Item> out) {
            userCode.run();
            int copies = item.mixedBelow(salt, 4);
            for (int copy = 0; copy < copies; copy++) {
                out.collect(new Item(item.key() + (copy == 2 ? 1 : 0), item.value() + copy));
            }
        }
    }

    /** Sends one of three aside, and one of three both ways. */
    static final class Splitting extends ProcessFunction<Item, Item> {
        private final long salt;
        private final OutputTag<Item> aside;

        Splitting(long salt, OutputTag<Item> aside) {
            this.salt = salt;
            this.aside = aside;
        }

        @Override
        public void processElement(Item item, Context context, Collector<Item> out) {
            int way = item.mixedBelow(salt, 3);
            if (way <= 1) {
                context.output(aside, new Item(item.key(), -item.value()));
            }
            if (way >= 1) {
                out.collect(new Item(item.key(), item.value() + context.timestamp() % 100));
            }
        }
    }

    /** What ends up in a sink. */
    static final class Texts extends ProcessFunction<Item, String> {
        @Override
        public void processElement(Item item, Context context, Collector<String> out) {
            out.collect(item.key() + ":" + item.value() + "@" + context.timestamp());
        }
    }

    /** One of a number of keys. */
    record KeyOf(long salt, int keys) implements KeySelector<Item, Long> {
        @Override
        public Long getKey(Item item) {
            return salt == 0 ? item.key() : item.mixedBelow(salt, keys);
        }
    }

    /** Neither order nor grouping matters. */
    record Sum() implements ReduceFunction<Item>, OrderFree {
        @Override
        public Item reduce(Item left, Item right) {
            return new Item(Math.min(left.key(), right.key()), left.value() + right.value());
        }
    }

    /** Associative, but the order matters. */
    record Chaining() implements ReduceFunction<Item> {
        @Override
        public Item reduce(Item left, Item right) {
            return new Item(left.key(), left.value() + right.value());
        }
    }
}
