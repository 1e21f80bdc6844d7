// SPDX-License-Identifier: Apache-2.0
package io.millrace.testkit.generated;

import io.millrace.api.function.Collector;
import io.millrace.api.function.KeyedProcessFunction;
import io.millrace.api.function.RuntimeContext;
import io.millrace.api.state.ListState;
import io.millrace.api.state.ListStateDescriptor;
import io.millrace.api.state.ValueState;
import io.millrace.api.state.ValueStateDescriptor;
import io.millrace.api.stream.OutputTag;
import io.millrace.testkit.reference.OrderFree;
import java.util.ArrayList;
import java.util.List;

/** Functions with state and timers. */
final class TimerFunctions {
    private TimerFunctions() {}

    /** What is kept of an item. */
    record Kept(long timestamp, long value) {}

    /** Numbers the items of a key: the order matters. */
    static final class Numbering extends KeyedProcessFunction<Long, Item, Item> {
        private ValueState<Long> count;

        @Override
        public void open(RuntimeContext context) {
            count = context.getState(new ValueStateDescriptor<>("count", Long.class));
        }

        @Override
        public void processElement(Item item, Context<Long> context, Collector<Item> out) {
            Long before = count.value();
            long number = before == null ? 1 : before + 1;
            count.update(number);
            out.collect(new Item(context.currentKey(), item.value() * 100 + number));
        }
    }

    /** The first multiple of a step that is not before a time. */
    static long roundedUp(long time, long step) {
        return time + Math.floorMod(-time, step);
    }

    /**
     * At the end of each step of time tells the sum of the items up to there that were not told before, then sets some
     * more timers that tell of themselves. What it tells does not depend on the order, as long as all are in time.
     */
    static final class SumsByTime extends KeyedProcessFunction<Long, Item, Item> implements OrderFree {
        private final long step;
        private final int hops;
        private final OutputTag<Item> aside;
        private final Runnable userCode;
        private ListState<Kept> kept;

        SumsByTime(long step, int hops, OutputTag<Item> aside, Runnable userCode) {
            this.step = step;
            this.hops = hops;
            this.aside = aside;
            this.userCode = userCode;
        }

        @Override
        public void open(RuntimeContext context) {
            kept = context.getListState(new ListStateDescriptor<>("kept", Kept.class));
        }

        @Override
        public void processElement(Item item, Context<Long> context, Collector<Item> out) {
            userCode.run();
            kept.add(new Kept(context.timestamp(), item.value()));
            context.timerService().registerEventTimeTimer(roundedUp(context.timestamp(), step));
        }

        @Override
        public void onTimer(long timestamp, OnTimerContext<Long> context, Collector<Item> out) {
            userCode.run();
            long sum = 0;
            boolean any = false;
            List<Kept> later = new ArrayList<>();
            for (Kept one : kept.get()) {
                if (one.timestamp <= timestamp) {
                    sum += one.value;
                    any = true;
                } else {
                    later.add(one);
                }
            }
            if (any) {
                kept.update(later);
                out.collect(new Item(context.currentKey(), sum));
                for (int hop = 1; hop <= hops; hop++) {
                    context.timerService().registerEventTimeTimer(timestamp + hop * step * 7);
                }
            } else {
                context.output(aside, new Item(context.currentKey(), timestamp));
            }
        }
    }

    /** Sets a deadline for each step of time that has items, and takes it back unless their sum is odd. */
    static final class Deadlines extends KeyedProcessFunction<Long, Item, Item> implements OrderFree {
        private final long step;
        private final int after;
        private ListState<Kept> kept;

        Deadlines(long step, int after) {
            this.step = step;
            this.after = after;
        }

        @Override
        public void open(RuntimeContext context) {
            kept = context.getListState(new ListStateDescriptor<>("kept", Kept.class));
        }

        /** Ends of steps are at even times, deadlines at odd ones. */
        private long deadlineOf(long end) {
            return end + 2 * step * after + 1;
        }

        @Override
        public void processElement(Item item, Context<Long> context, Collector<Item> out) {
            long end = roundedUp(context.timestamp(), 2 * step);
            kept.add(new Kept(end, item.value()));
            context.timerService().registerEventTimeTimer(end);
            context.timerService().registerEventTimeTimer(deadlineOf(end));
        }

        @Override
        public void onTimer(long timestamp, OnTimerContext<Long> context, Collector<Item> out) {
            if (Math.floorMod(timestamp, 2) == 1) {
                out.collect(new Item(context.currentKey(), timestamp));
                return;
            }
            long sum = 0;
            List<Kept> others = new ArrayList<>();
            for (Kept one : kept.get()) {
                if (one.timestamp == timestamp) {
                    sum += one.value;
                } else {
                    others.add(one);
                }
            }
            if (others.isEmpty()) {
                kept.clear();
            } else {
                kept.update(others);
            }
            if (Math.floorMod(sum, 2) == 0) {
                context.timerService().deleteEventTimeTimer(deadlineOf(timestamp));
            }
            out.collect(new Item(context.currentKey(), sum));
        }
    }
}
