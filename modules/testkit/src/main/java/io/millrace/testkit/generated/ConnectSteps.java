// SPDX-License-Identifier: Apache-2.0
package io.millrace.testkit.generated;

import io.millrace.api.function.CoFlatMapFunction;
import io.millrace.api.function.CoMapFunction;
import io.millrace.api.function.CoProcessFunction;
import io.millrace.api.function.Collector;
import io.millrace.api.function.KeyedCoProcessFunction;
import io.millrace.api.function.RuntimeContext;
import io.millrace.api.state.AggregatingState;
import io.millrace.api.state.AggregatingStateDescriptor;
import io.millrace.api.state.MapState;
import io.millrace.api.state.MapStateDescriptor;
import io.millrace.api.state.ReducingState;
import io.millrace.api.state.ReducingStateDescriptor;
import io.millrace.api.stream.DataStream;
import io.millrace.api.stream.OutputTag;
import io.millrace.testkit.reference.OrderFree;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Steps on two connected streams; the second one goes on as well. */
final class ConnectSteps {
    private ConnectSteps() {}

    static void stateless(Building building, DataStream<Item> in) {
        var connected = in.connect(building.another(in));
        switch (building.random().below(3)) {
            case 0 -> building.emit(connected.<Item>map(new Mapping()).name(building.name("coMap")));
            case 1 -> building.emit(connected.flatMap(new Copying()).name(building.name("coFlatMap")));
            default -> {
                OutputTag<Item> aside = new OutputTag<>(building.name("aside"), Item.class);
                DataStream<Item> main = connected.process(new Parting(aside)).name(building.name("coProcess"));
                building.emit(main);
                building.open(main.getSideOutput(aside));
            }
        }
    }

    static void keyed(Building building, DataStream<Item> in) {
        int keys = building.random().between(1, 9);
        Functions.KeyOf key = new Functions.KeyOf(building.random().between(0L, 3L), keys);
        long step = building.random().between(1L, 200L);
        building.emit(in.connect(building.another(in))
                .keyBy(key, key, Long.class)
                .process(new Ledger(step, building.userCode()))
                .name(building.name("keyedCoProcess"))
                .uid(building.name("keyedCoProcess")));
    }

    private static final class Mapping implements CoMapFunction<Item, Item, Item> {
        @Override
        public Item map1(Item item) {
            return new Item(item.key(), item.value() + 1);
        }

        @Override
        public Item map2(Item item) {
            return new Item(item.key(), item.value() * 2);
        }
    }

    private static final class Copying implements CoFlatMapFunction<Item, Item, Item> {
        @Override
        public void flatMap1(Item item, Collector<Item> out) {
            out.collect(item);
            if (item.mixedBelow(3, 2) == 0) {
                out.collect(new Item(item.key() + 1, item.value()));
            }
        }

        @Override
        public void flatMap2(Item item, Collector<Item> out) {
            if (item.mixedBelow(5, 2) == 0) {
                out.collect(new Item(item.key(), -item.value()));
            }
        }
    }

    private static final class Parting extends CoProcessFunction<Item, Item, Item> {
        private final OutputTag<Item> aside;

        private Parting(OutputTag<Item> aside) {
            this.aside = aside;
        }

        @Override
        public void processElement1(Item item, Context context, Collector<Item> out) {
            out.collect(new Item(item.key(), item.value() + context.timestamp() % 10));
        }

        @Override
        public void processElement2(Item item, Context context, Collector<Item> out) {
            context.output(aside, item);
        }
    }

    /**
     * Keeps sums of the first stream and ranges of the second by steps of time, in a map of steps and, over all, in
     * folded state; tells them when each step is over, and all at the end of time. Free of order, as long as all are in
     * time.
     */
    private static final class Ledger extends KeyedCoProcessFunction<Long, Item, Item, Item> implements OrderFree {
        private static final long END = Long.MAX_VALUE / 8 - 5_000_000;

        private final long step;
        private final Runnable userCode;
        private MapState<Long, Long> sums;
        private ReducingState<Long> highest;
        private AggregatingState<Item, Item> counts;

        private Ledger(long step, Runnable userCode) {
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
        public void processElement1(Item item, Context<Long> context, Collector<Item> out) throws Exception {
            userCode.run();
            if (context.timestamp() < END) {
                book(item.value(), context);
                highest.add(item.value());
            }
        }

        @Override
        public void processElement2(Item item, Context<Long> context, Collector<Item> out) throws Exception {
            if (context.timestamp() < END) {
                book(-item.value(), context);
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
}
