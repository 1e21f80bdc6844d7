// SPDX-License-Identifier: Apache-2.0
package io.millrace.examples;

import io.millrace.api.StreamEnvironment;
import io.millrace.api.StreamJob;
import io.millrace.api.function.Collector;
import io.millrace.api.function.KeyedProcessFunction;
import io.millrace.api.function.RuntimeContext;
import io.millrace.api.sink.PrintSink;
import io.millrace.api.source.GeneratorSource;
import io.millrace.api.state.ListState;
import io.millrace.api.state.ListStateDescriptor;
import io.millrace.api.stream.DataStream;
import io.millrace.api.time.WatermarkStrategy;
import io.millrace.api.window.SlidingEventTimeWindows;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;

/**
 * What sold best in the last 15 minutes, every 5 minutes: items are counted in sliding windows, each in its own subtask;
 * then the counts of one window meet again, keyed by the window's end, and the highest are picked.
 *
 * <p>Argument: {@code --top N} (default 3).
 */
public final class TopN implements StreamJob {
    static final Duration SIZE = Duration.ofMinutes(15);
    static final Duration SLIDE = Duration.ofMinutes(5);
    static final int PURCHASES = 3_000;

    private static final Instant OPENING = Instant.parse("2026-01-05T09:00:00Z");
    private static final List<String> ITEMS =
            List.of("apples", "bread", "cheese", "dates", "eggs", "figs", "grapes", "honey");

    record Purchase(String item, Instant time) {}

    record ItemCount(String item, Instant windowEnd, long count) {}

    record Ranking(Instant windowEnd, List<ItemCount> top) {}

    public static void main(String[] args) throws Exception {
        LocalRun.of(TopN.class, args);
    }

    @Override
    public void define(StreamEnvironment env) {
        rankings(env)
                .map(ranking -> "until " + ranking.windowEnd() + ": "
                        + ranking.top().stream()
                                .map(item -> item.count() + " " + item.item())
                                .collect(Collectors.joining(", ")))
                .uid("rows")
                .sinkTo(new PrintSink<>())
                .uid("print");
    }

    static DataStream<Ranking> rankings(StreamEnvironment env) {
        WatermarkStrategy<Purchase> times = WatermarkStrategy.<Purchase>forBoundedOutOfOrderness(Duration.ofMinutes(2))
                .withTimestampAssigner((purchase, ignored) -> purchase.time().toEpochMilli());
        int top = (int) env.args().getLong("top", 3);

        return env.fromSource(GeneratorSource.of(TopN::purchase, PURCHASES, Purchase.class), times, "purchases")
                .uid("purchases")
                .keyBy(Purchase::item, String.class)
                .window(SlidingEventTimeWindows.of(SIZE, SLIDE))
                .<Long, Long, ItemCount>aggregate(
                        new CountAggregate<>(),
                        Long.class,
                        (item, window, counts, out) -> counts.forEach(count -> out.collect(new ItemCount(
                                item, Instant.ofEpochMilli(window.window().end()), count))))
                .name("counts")
                .uid("counts")
                .returns(ItemCount.class)
                .keyBy(ItemCount::windowEnd, Instant.class)
                .process(new Ranker(top))
                .name("ranks")
                .uid("ranks")
                .returns(Ranking.class);
    }

    /** Collects the counts of a window until the watermark passes its end: then they are all there. */
    private static final class Ranker extends KeyedProcessFunction<Instant, ItemCount, Ranking> {
        private static final Comparator<ItemCount> BEST_FIRST =
                Comparator.comparingLong(ItemCount::count).reversed().thenComparing(ItemCount::item);

        private final int top;
        private ListState<ItemCount> counts;

        private Ranker(int top) {
            this.top = top;
        }

        @Override
        public void open(RuntimeContext context) {
            counts = context.getListState(new ListStateDescriptor<>("counts", ItemCount.class));
        }

        @Override
        public void processElement(ItemCount count, Context<Instant> context, Collector<Ranking> out) {
            counts.add(count);
            context.timerService().registerEventTimeTimer(count.windowEnd().toEpochMilli());
        }

        @Override
        public void onTimer(long timestamp, OnTimerContext<Instant> context, Collector<Ranking> out) {
            List<ItemCount> all = new ArrayList<>(counts.get());
            counts.clear();
            all.sort(BEST_FIRST);
            out.collect(new Ranking(context.currentKey(), List.copyOf(all.subList(0, Math.min(top, all.size())))));
        }
    }

    /** One a second, up to two minutes out of order; what is in fashion changes with the time. */
    static Purchase purchase(long index) {
        Random random = new Random(index * 7_919);
        int fashion = (int) (index / 900);
        int item = (fashion + Math.min(random.nextInt(8), random.nextInt(8))) % ITEMS.size();
        return new Purchase(ITEMS.get(item), OPENING.plusSeconds(index).minusSeconds(random.nextInt(120)));
    }
}
