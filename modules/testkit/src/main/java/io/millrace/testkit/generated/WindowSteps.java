// SPDX-License-Identifier: Apache-2.0
package io.millrace.testkit.generated;

import io.millrace.api.function.ProcessWindowFunction;
import io.millrace.api.stream.DataStream;
import io.millrace.api.stream.Keyed;
import io.millrace.api.stream.KeyedStream;
import io.millrace.api.stream.OutputTag;
import io.millrace.api.stream.WindowedStream;
import io.millrace.api.time.WatermarkStrategy;
import io.millrace.api.window.CountTrigger;
import io.millrace.api.window.CumulativeEventTimeWindows;
import io.millrace.api.window.EventTimeSessionWindows;
import io.millrace.api.window.GlobalWindow;
import io.millrace.api.window.GlobalWindows;
import io.millrace.api.window.SlidingEventTimeWindows;
import io.millrace.api.window.TimeWindow;
import io.millrace.api.window.TumblingEventTimeWindows;
import io.millrace.api.window.WindowAssigner;
import io.millrace.testkit.simulation.SeededRandom;
import java.time.Duration;

/** Steps with windows. */
final class WindowSteps {
    private static final int MOST_SLIDES = 40;

    private WindowSteps() {}

    /** Windows of any kind, size and offset; sessions only where they may. */
    static <T> WindowAssigner<T, TimeWindow> windows(Building building, boolean mayMerge) {
        SeededRandom random = building.random();
        int size = random.chance(0.3) ? random.between(1, 10) : random.between(1, 600);
        Duration length = Duration.ofMillis(size + building.slip(Slip.WINDOW_END));
        int shift = random.chance(0.5) ? 0 : random.between(-1_000, 1_000);
        Duration offset = Duration.ofMillis(shift + building.slip(Slip.WINDOW_START));
        int kind = random.below(8);
        boolean merging = kind == 2 || kind == 3;
        if (kind < 2 || merging && !mayMerge) {
            return TumblingEventTimeWindows.of(length, offset);
        }
        if (kind == 2) {
            return EventTimeSessionWindows.withGap(length);
        }
        if (kind == 3) {
            int gap = size + building.slip(Slip.WINDOW_END);
            // By the record, whatever it is.
            return EventTimeSessionWindows.withDynamicGap(
                    record -> 1 + Math.floorMod(record.toString().length() * 31L, gap));
        }
        if (kind == 4) {
            int steps = random.between(1, 6);
            return CumulativeEventTimeWindows.of(length.multipliedBy(steps), length, offset);
        }
        int slide = random.chance(0.2)
                ? random.between(size, 2 * size)
                : random.between((size + MOST_SLIDES - 1) / MOST_SLIDES, size);
        return SlidingEventTimeWindows.of(length, Duration.ofMillis(slide), offset);
    }

    private static WindowedStream<Item, Long, TimeWindow> windowed(Building building, DataStream<Item> in) {
        return KeyedSteps.keyed(building, in).window(windows(building, true));
    }

    private static void finish(Building building, DataStream<Item> result) {
        building.emit(result.name(building.name("window")).uid(building.name("window")));
    }

    static void reduce(Building building, DataStream<Item> in) {
        WindowedStream<Item, Long, TimeWindow> windowed = windowed(building, in);
        if (building.random().chance(0.5)) {
            finish(building, windowed.reduce(new Functions.Sum()));
            return;
        }
        ProcessWindowFunction<Item, Item, Long, TimeWindow> located =
                (key, context, contents, out) -> contents.forEach(item -> out.collect(
                        new Item(key, item.value() * 7 + context.window().start() % 1_000)));
        finish(building, windowed.reduce(new Functions.Sum(), located));
    }

    static void aggregate(Building building, DataStream<Item> in) {
        WindowedStream<Item, Long, TimeWindow> windowed = windowed(building, in);
        switch (building.random().below(3)) {
            case 0 -> finish(building, windowed.aggregate(new Aggregates.Counting(), Aggregates.Counts.class));
            case 1 -> finish(building, windowed.aggregate(new Aggregates.Ranging(), Aggregates.Range.class));
            default -> {
                ProcessWindowFunction<Item, Item, Long, TimeWindow> located =
                        (key, context, contents, out) -> contents.forEach(item -> out.collect(
                                new Item(key, item.value() - context.window().end() % 1_000)));
                finish(building, windowed.aggregate(new Aggregates.Ranging(), Aggregates.Range.class, located));
            }
        }
    }

    /** All records, with a late output, which stays empty where everything is in time. */
    static void process(Building building, DataStream<Item> in) {
        OutputTag<Item> late = new OutputTag<>(building.name("late"), Item.class);
        DataStream<Item> result = windowed(building, in)
                .sideOutputLateData(late)
                .process(new Aggregates.Digest())
                .name(building.name("window"))
                .uid(building.name("window"));
        building.emit(result);
        building.open(result.getSideOutput(late));
    }

    /** Every so many records of a key, or the last ones every so many, or all of them so far. */
    static void count(Building building, DataStream<Item> in) {
        KeyedStream<Long, Item> keyed = KeyedSteps.keyed(building, in);
        int every = building.random().between(1, 6);
        WindowedStream<Item, Long, GlobalWindow> windowed =
                switch (building.random().below(3)) {
                    case 0 -> keyed.countWindow(every);
                    case 1 -> keyed.countWindow(building.random().between(1, 9), every);
                    default -> keyed.window(GlobalWindows.<Item>create()).trigger(CountTrigger.of(every));
                };
        DataStream<Item> result = building.random().chance(0.5)
                ? windowed.aggregate(new Aggregates.Counting(), Aggregates.Counts.class)
                : windowed.reduce(new Functions.Chaining());
        result.name(building.name("window")).uid(building.name("window"));
        // Results of windows without end have no useful timestamp.
        building.emit(result.assignTimestampsAndWatermarks(
                        WatermarkStrategy.<Item>forBoundedOutOfOrderness(Duration.ofDays(365))
                                .withTimestampAssigner((item, timestamp) -> Math.floorMod(item.value(), 10_000L)))
                .name(building.name("watermarks")));
    }

    /** All records in one subtask. */
    static void all(Building building, DataStream<Item> in) {
        finish(
                building,
                in.windowAll(WindowSteps.<Item>windows(building, true))
                        .aggregate(new Aggregates.Counting(), Aggregates.Counts.class));
    }

    static void sum(Building building, DataStream<Item> in) {
        WindowedStream<Item, Long, TimeWindow> windowed = windowed(building, in);
        DataStream<Keyed<Long, Long>> result =
                switch (building.random().below(3)) {
                    case 0 -> windowed.sum(Item::value);
                    case 1 -> windowed.min(Item::value);
                    default -> windowed.max(Item::value);
                };
        result.name(building.name("window")).uid(building.name("window"));
        building.emit(result.<Item>map(one -> new Item(one.key(), one.value())).name(building.name("map")));
    }
}
