// SPDX-License-Identifier: Apache-2.0
package io.millrace.examples;

import io.millrace.api.StreamEnvironment;
import io.millrace.api.function.AggregateFunction;
import io.millrace.api.function.Collector;
import io.millrace.api.function.KeyedProcessFunction;
import io.millrace.api.function.ProcessFunction;
import io.millrace.api.function.RuntimeContext;
import io.millrace.api.source.CollectionSource;
import io.millrace.api.state.ValueState;
import io.millrace.api.state.ValueStateDescriptor;
import io.millrace.api.stream.DataStream;
import io.millrace.api.stream.OutputTag;
import io.millrace.api.time.Timestamps;
import io.millrace.api.time.WatermarkStrategy;
import io.millrace.api.window.ContinuousEventTimeTrigger;
import io.millrace.api.window.CountEvictor;
import io.millrace.api.window.CountTrigger;
import io.millrace.api.window.CumulativeEventTimeWindows;
import io.millrace.api.window.EventTimeSessionWindows;
import io.millrace.api.window.GlobalWindows;
import io.millrace.api.window.Lateness;
import io.millrace.api.window.PurgingTrigger;
import io.millrace.api.window.SlidingEventTimeWindows;
import io.millrace.api.window.TumblingEventTimeWindows;
import io.millrace.api.window.TumblingProcessingTimeWindows;
import java.time.Duration;
import java.util.List;

/** What the reference of the DataStream API shows of one stream: each method is run by a test. */
final class DataStreamReference {
    record Trade(String symbol, long time, long price) {}

    /** By symbol, the A's cost 10, 12, 15 and 9, the B's 20 and 18; times are milliseconds. */
    static final List<Trade> TRADES = List.of(
            new Trade("A", 1_000, 10),
            new Trade("B", 2_000, 20),
            new Trade("A", 4_000, 12),
            new Trade("A", 11_000, 15),
            new Trade("B", 12_000, 18),
            new Trade("A", 25_000, 9));

    static final OutputTag<Trade> DEAR = new OutputTag<>("dear", Trade.class);
    static final OutputTag<Trade> LATE = new OutputTag<>("late", Trade.class);

    private DataStreamReference() {}

    // begin time
    static DataStream<Trade> trades(StreamEnvironment env) {
        WatermarkStrategy<Trade> times = WatermarkStrategy.<Trade>forMonotonousTimestamps()
                .withTimestampAssigner((trade, ignored) -> trade.time());
        return env.fromSource(new CollectionSource<>(TRADES), times, "trades")
                .uid("trades")
                .returns(Trade.class);
    }

    static DataStream<Trade> tradesOfSlowPlaces(StreamEnvironment env) {
        WatermarkStrategy<Trade> times = WatermarkStrategy.<Trade>forBoundedOutOfOrderness(Duration.ofSeconds(5))
                .withTimestampAssigner((trade, ignored) -> trade.time())
                .withIdleness(Duration.ofMinutes(1))
                .withWatermarkAlignment("places", Duration.ofMinutes(10));
        return env.fromSource(new CollectionSource<>(TRADES), times, "trades")
                .uid("trades")
                .returns(Trade.class);
    }

    static DataStream<Trade> tradesUntilMidnight(StreamEnvironment env) {
        WatermarkStrategy<Trade> times = WatermarkStrategy.<Trade>forPunctuatedGenerator(
                        (trade, timestamp) -> trade.symbol().equals("midnight") ? timestamp : Timestamps.NONE)
                .withTimestampAssigner((trade, ignored) -> trade.time());
        return env.fromSource(new CollectionSource<>(TRADES), times, "trades")
                .uid("trades")
                .returns(Trade.class);
    }
    // end time

    // begin records
    static DataStream<String> map(DataStream<Trade> trades) {
        return trades.map(trade -> trade.symbol() + " " + trade.price());
    }

    static DataStream<Trade> filter(DataStream<Trade> trades) {
        return trades.filter(trade -> trade.price() > 15);
    }

    static DataStream<String> flatMap(DataStream<Trade> trades) {
        return trades.flatMap((trade, out) -> {
            for (long i = 15; i < trade.price(); i++) {
                out.collect(trade.symbol());
            }
        });
    }

    /** Dear trades go to a side output. */
    static final class Split extends ProcessFunction<Trade, String> {
        @Override
        public void processElement(Trade trade, Context context, Collector<String> out) {
            if (trade.price() >= 18) {
                context.output(DEAR, trade);
            } else {
                out.collect(trade.symbol() + " at " + context.timestamp());
            }
        }
    }

    static DataStream<String> process(DataStream<Trade> trades) {
        return trades.process(new Split());
    }

    static DataStream<Trade> sideOutput(DataStream<Trade> trades) {
        return trades.process(new Split()).getSideOutput(DEAR);
    }
    // end records

    // begin keyed
    static DataStream<Trade> reduce(DataStream<Trade> trades) {
        return trades.keyBy(Trade::symbol, String.class)
                .reduce((left, right) -> left.price() < right.price() ? left : right)
                .uid("cheapest-so-far");
    }

    static DataStream<String> sum(DataStream<Trade> trades) {
        return trades.keyBy(Trade::symbol, String.class)
                .sum(Trade::price)
                .uid("turnover-so-far")
                .map(sum -> sum.key() + " " + sum.value());
    }

    static DataStream<Trade> maxBy(DataStream<Trade> trades) {
        return trades.keyBy(Trade::symbol, String.class).maxBy(Trade::price).uid("dearest-so-far");
    }

    /** Emits the last price of a symbol when it has not been traded for 8 seconds. */
    static final class LastPrice extends KeyedProcessFunction<String, Trade, String> {
        private ValueState<Trade> last;

        @Override
        public void open(RuntimeContext context) {
            last = context.getState(new ValueStateDescriptor<>("last", Trade.class));
        }

        @Override
        public void processElement(Trade trade, Context<String> context, Collector<String> out) {
            last.update(trade);
            context.timerService().registerEventTimeTimer(trade.time() + 8_000);
        }

        @Override
        public void onTimer(long timestamp, OnTimerContext<String> context, Collector<String> out) {
            Trade trade = last.value();
            if (trade != null && trade.time() + 8_000 == timestamp) {
                out.collect(trade.symbol() + " rests at " + trade.price());
            }
        }
    }

    static DataStream<String> keyedProcess(DataStream<Trade> trades) {
        return trades.keyBy(Trade::symbol, String.class)
                .process(new LastPrice())
                .uid("last-price");
    }
    // end keyed

    // begin windows
    static DataStream<Trade> tumblingReduce(DataStream<Trade> trades) {
        return trades.keyBy(Trade::symbol, String.class)
                .window(TumblingEventTimeWindows.of(Duration.ofSeconds(10)))
                .reduce((left, right) -> left.price() > right.price() ? left : right)
                .uid("dearest-in-10-s");
    }

    /** The mean of prices. */
    static final class Mean implements AggregateFunction<Trade, long[], Double> {
        @Override
        public long[] createAccumulator() {
            return new long[2];
        }

        @Override
        public long[] add(Trade trade, long[] sumAndCount) {
            sumAndCount[0] += trade.price();
            sumAndCount[1]++;
            return sumAndCount;
        }

        @Override
        public Double getResult(long[] sumAndCount) {
            return (double) sumAndCount[0] / sumAndCount[1];
        }

        @Override
        public long[] merge(long[] left, long[] right) {
            left[0] += right[0];
            left[1] += right[1];
            return left;
        }
    }

    static DataStream<Double> slidingAggregate(DataStream<Trade> trades) {
        return trades.keyBy(Trade::symbol, String.class)
                .window(SlidingEventTimeWindows.of(Duration.ofSeconds(20), Duration.ofSeconds(10)))
                .aggregate(new Mean(), long[].class)
                .uid("mean-of-20-s");
    }

    static DataStream<String> aggregateWithWindow(DataStream<Trade> trades) {
        return trades.keyBy(Trade::symbol, String.class)
                .window(TumblingEventTimeWindows.of(Duration.ofSeconds(10)))
                .<long[], Double, String>aggregate(
                        new Mean(),
                        long[].class,
                        (symbol, context, means, out) -> means.forEach(mean ->
                                out.collect(symbol + " from " + context.window().start() + ": " + mean)))
                .uid("mean-with-window");
    }

    static DataStream<String> sessionProcess(DataStream<Trade> trades) {
        return trades.keyBy(Trade::symbol, String.class)
                .window(EventTimeSessionWindows.withGap(Duration.ofSeconds(8)))
                .<String>process((symbol, context, session, out) -> {
                    StringBuilder prices = new StringBuilder(symbol);
                    session.forEach(trade -> prices.append(' ').append(trade.price()));
                    out.collect(prices.toString());
                })
                .uid("sessions");
    }

    static DataStream<String> cumulativeSum(DataStream<Trade> trades) {
        return trades.keyBy(Trade::symbol, String.class)
                .window(CumulativeEventTimeWindows.of(Duration.ofSeconds(30), Duration.ofSeconds(10)))
                .sum(Trade::price)
                .uid("turnover-of-the-half-minute")
                .map(sum -> sum.key() + " " + sum.value());
    }

    static DataStream<String> countWindow(DataStream<Trade> trades) {
        return trades.keyBy(Trade::symbol, String.class)
                .countWindow(2)
                .sum(Trade::price)
                .uid("each-two")
                .map(sum -> sum.key() + " " + sum.value());
    }

    static DataStream<Trade> windowAll(DataStream<Trade> trades) {
        return trades.windowAll(TumblingEventTimeWindows.of(Duration.ofSeconds(10)))
                .maxBy(Trade::price)
                .uid("dearest-of-all");
    }

    static DataStream<Long> processingTime(DataStream<Trade> trades) {
        return trades.windowAll(TumblingProcessingTimeWindows.of(Duration.ofDays(1)))
                .sum(Trade::price)
                .uid("turnover-of-the-day");
    }
    // end windows

    // begin firing
    static DataStream<String> early(DataStream<Trade> trades) {
        return trades.keyBy(Trade::symbol, String.class)
                .window(TumblingEventTimeWindows.of(Duration.ofMinutes(1)))
                .trigger(ContinuousEventTimeTrigger.of(Duration.ofSeconds(10)))
                .sum(Trade::price)
                .uid("turnover-so-far-every-10-s")
                .map(sum -> sum.key() + " " + sum.value());
    }

    static DataStream<String> byCount(DataStream<Trade> trades) {
        return trades.keyBy(Trade::symbol, String.class)
                .window(GlobalWindows.create())
                .trigger(PurgingTrigger.of(CountTrigger.of(2)))
                .sum(Trade::price)
                .uid("each-two-by-hand")
                .map(sum -> sum.key() + " " + sum.value());
    }

    static DataStream<String> evicted(DataStream<Trade> trades) {
        return trades.keyBy(Trade::symbol, String.class)
                .window(TumblingEventTimeWindows.of(Duration.ofSeconds(10)))
                .evictor(CountEvictor.of(1))
                .sum(Trade::price)
                .uid("last-price-of-10-s")
                .map(sum -> sum.key() + " " + sum.value());
    }

    static DataStream<Trade> lateToTheSide(DataStream<Trade> trades) {
        return trades.keyBy(Trade::symbol, String.class)
                .window(TumblingEventTimeWindows.of(Duration.ofSeconds(10)))
                .late(Lateness.toSideOutput(LATE))
                .maxBy(Trade::price)
                .uid("dearest-in-time")
                .getSideOutput(LATE);
    }

    static DataStream<Trade> lateUpdates(DataStream<Trade> trades) {
        return trades.keyBy(Trade::symbol, String.class)
                .window(TumblingEventTimeWindows.of(Duration.ofSeconds(10)))
                .late(Lateness.update(Duration.ofMinutes(1)))
                .maxBy(Trade::price)
                .uid("dearest-corrected");
    }
    // end firing
}
