// SPDX-License-Identifier: Apache-2.0
package io.millrace.testkit.generated;

import io.millrace.api.function.Collector;
import io.millrace.api.function.KeyedProcessFunction;
import io.millrace.api.function.RuntimeContext;
import io.millrace.api.state.AggregatingState;
import io.millrace.api.state.AggregatingStateDescriptor;
import io.millrace.api.state.MapState;
import io.millrace.api.state.MapStateDescriptor;
import io.millrace.api.state.ReducingState;
import io.millrace.api.state.ReducingStateDescriptor;
import io.millrace.testkit.reference.OrderFree;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Keeps sums by steps of time in a map and, over all, in folded state; tells them when each step is over, and all at the end of time. Free of order, as long as all are in
 * time.
 */
final class Ledger extends KeyedProcessFunction<Long, Item, Item> implements OrderFree {
    private static final long END = Long.MAX_VALUE / 8 - 5_000_000;

    private final long step;
    private final Runnable userCode;
    private MapState<Long, Long> sums;
    private ReducingState<Long> highest;
    private AggregatingState<Item, Item> counts;

    Ledger(long step, Runnable userCode) {
        this.step = step;
        this.userCode = userCode;
    }

    @Override
    public void open(RuntimeContext context) {
        sums = context.getMapState(new MapStateDescriptor<>("sums", Long.class, Long.class));
        highest = context.getReducingState(new ReducingStateDescriptor<>("highest", Math::max, Long.class));
        counts = context.getAggregatingState(
                new AggregatingStateDescriptor<>("counts", new Aggregates.Counting(), Aggregates.Counts.class));
    }

    @Override
    public void processElement(Item item, Context<Long> context, Collector<Item> out) throws Exception {
        userCode.run();
        if (context.timestamp() < END) {
            book(item.value(), context);
            highest.add(item.value());
            counts.add(item);
        }
    }

    private void book(long value, Context<Long> context) {
        long end = Math.min(TimerFunctions.roundedUp(context.timestamp(), step), END - 1);
        Long before = sums.get(end);
        sums.put(end, before == null ? value : before + value);
        context.timerService().registerEventTimeTimer(end);
        context.timerService().registerEventTimeTimer(END);
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext<Long> context, Collector<Item> out) {
        userCode.run();
        if (timestamp < END) {
            out.collect(new Item(context.currentKey(), Objects.requireNonNull(sums.get(timestamp))));
            if (timestamp % 2 == 0) {
                sums.remove(timestamp);
            }
            return;
        }
        List<Long> left = new ArrayList<>();
        for (Map.Entry<Long, Long> entry : sums) {
            left.add(entry.getKey() * 31 + entry.getValue());
        }
        left.sort(null);
        Long most = highest.get();
        Item counted = counts.get();
        out.collect(new Item(context.currentKey(), left.hashCode()));
        out.collect(new Item(most == null ? -1 : most, counted == null ? -1 : counted.mixed(7)));
        sums.clear();
        highest.clear();
        counts.clear();
    }
}
