// SPDX-License-Identifier: Apache-2.0
package io.millrace.server;

import io.millrace.api.StreamEnvironment;
import io.millrace.api.StreamJob;
import io.millrace.api.function.Collector;
import io.millrace.api.function.KeyedBroadcastProcessFunction;
import io.millrace.api.function.KeyedCoProcessFunction;
import io.millrace.api.function.KeyedProcessFunction;
import io.millrace.api.function.RuntimeContext;
import io.millrace.api.source.GeneratorSource;
import io.millrace.api.state.MapStateDescriptor;
import io.millrace.api.state.ValueState;
import io.millrace.api.state.ValueStateDescriptor;
import io.millrace.api.stream.DataStream;
import io.millrace.api.time.Timestamps;
import io.millrace.api.time.WatermarkStrategy;
import io.millrace.connector.files.FileSink;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** Jobs over two streams, with timers, and with services of the host, whose results plain Java computes again. */
final class ConnectedJobs {
    /** Failures that are still to come, and the calls between two of them. */
    static final AtomicLong FAILURES_LEFT = new AtomicLong();

    private static final int FAIL_EVERY = 7_000;
    private static final AtomicLong CALLS = new AtomicLong();

    private ConnectedJobs() {}

    private static void mayFail() {
        if (CALLS.incrementAndGet() % FAIL_EVERY == 0 && FAILURES_LEFT.getAndDecrement() > 0) {
            throw new IllegalStateException("planned failure");
        }
    }

    /** Numbers from 0, each with itself for its time. */
    private static DataStream<Long> numbers(StreamEnvironment env, String name, long delayMs) {
        WatermarkStrategy<Long> watermarks = WatermarkStrategy.<Long>forBoundedOutOfOrderness(Duration.ofMillis(10))
                .withTimestampAssigner((number, none) -> number + delayMs);
        double rate = env.args().getDouble("rate", Double.MAX_VALUE);
        return env.fromSource(
                        GeneratorSource.of(i -> i, env.args().getLong("count", 1_000), Long.class)
                                .withRate(rate),
                        watermarks,
                        name)
                .uid(name);
    }

    /** Orders and payments; every seventh order is not paid. */
    public static final class Matched implements StreamJob {
        @Override
        public void define(StreamEnvironment env) {
            DataStream<Long> orders = numbers(env, "orders", 0);
            DataStream<Long> payments = numbers(env, "payments", 500).filter(number -> number % 7 != 0);
            orders.connect(payments)
                    .keyBy(order -> order, payment -> payment, Long.class)
                    .process(new Matching())
                    .uid("matching")
                    .sinkTo(FileSink.lines(env.args().require("output")))
                    .uid("files");
        }
    }

    static List<String> expectedMatches(long count) {
        return LongStream.range(0, count)
                .mapToObj(order -> order + (order % 7 == 0 ? " unpaid at " + (order + 1_000) : " paid"))
                .sorted()
                .toList();
    }

    private static final class Matching extends KeyedCoProcessFunction<Long, Long, Long, String> {
        private ValueState<Boolean> ordered;
        private ValueState<Boolean> paid;

        @Override
        public void open(RuntimeContext context) {
            ordered = context.getState(new ValueStateDescriptor<>("ordered", Boolean.class));
            paid = context.getState(new ValueStateDescriptor<>("paid", Boolean.class));
        }

        @Override
        public void processElement1(Long order, Context<Long> context, Collector<String> out) {
            mayFail();
            ordered.update(true);
            context.timerService().registerEventTimeTimer(order + 1_000);
            match(context, out);
        }

        @Override
        public void processElement2(Long payment, Context<Long> context, Collector<String> out) {
            paid.update(true);
            match(context, out);
        }

        private void match(Context<Long> context, Collector<String> out) {
            if (ordered.value() != null && paid.value() != null) {
                out.collect(context.currentKey() + " paid");
                context.timerService().deleteEventTimeTimer(context.currentKey() + 1_000);
                ordered.clear();
                paid.clear();
            }
        }

        @Override
        public void onTimer(long timestamp, OnTimerContext<Long> context, Collector<String> out) {
            out.collect(context.currentKey() + " unpaid at " + timestamp);
            ordered.clear();
        }
    }

    /** Sums of keys, each times a factor that was broadcast: all of them are there once both streams have ended. */
    public static final class Ruled implements StreamJob {
        private static final MapStateDescriptor<Long, Long> FACTORS =
                new MapStateDescriptor<>("factors", Long.class, Long.class);

        @Override
        public void define(StreamEnvironment env) {
            DataStream<Long> factors = numbers(env, "factors", 0).filter(number -> number < TestJobs.KEYS);
            numbers(env, "numbers", 0)
                    .keyBy(number -> number % TestJobs.KEYS, Long.class)
                    .connect(factors.broadcast(FACTORS))
                    .process(new Multiplying())
                    .uid("multiplying")
                    .sinkTo(FileSink.lines(env.args().require("output")))
                    .uid("files");
        }
    }

    static List<String> expectedProducts(long count) {
        return LongStream.range(0, TestJobs.KEYS)
                .mapToObj(key -> key + ": "
                        + LongStream.range(0, count)
                                        .filter(number -> number % TestJobs.KEYS == key)
                                        .sum()
                                * (key + 100))
                .sorted()
                .toList();
    }

    private static final class Multiplying extends KeyedBroadcastProcessFunction<Long, Long, Long, String> {
        private ValueState<Long> sum;

        @Override
        public void open(RuntimeContext context) {
            sum = context.getState(new ValueStateDescriptor<>("sum", Long.class));
        }

        @Override
        public void processElement(Long number, ReadOnlyContext<Long> context, Collector<String> out) {
            mayFail();
            sum.update(number + (sum.value() == null ? 0 : sum.value()));
            context.timerService().registerEventTimeTimer(Timestamps.END);
        }

        @Override
        public void processBroadcastElement(Long number, Context<Long> context, Collector<String> out) {
            requireNoKey();
            context.getBroadcastState(Ruled.FACTORS).put(number, number + 100);
        }

        /** Whatever record or timer came before. */
        private void requireNoKey() {
            try {
                sum.value();
            } catch (IllegalStateException expected) {
                return;
            }
            throw new AssertionError("A broadcast record sees the state of a key.");
        }

        @Override
        public void onTimer(long timestamp, OnTimerContext<Long> context, Collector<String> out) {
            Long factor = context.getBroadcastState(Ruled.FACTORS).get(context.currentKey());
            out.collect(context.currentKey() + ": " + sum.value() * (factor == null ? -1 : factor));
        }
    }

    /** What a host gives to functions. */
    @FunctionalInterface
    interface Greeter {
        String greet(long key);
    }

    /** Each key is greeted once, a while of processing time after its first record. */
    public static final class Greeted implements StreamJob {
        @Override
        public void define(StreamEnvironment env) {
            numbers(env, "numbers", 0)
                    .keyBy(number -> number % TestJobs.KEYS, Long.class)
                    .process(new Greeting())
                    .uid("greeting")
                    .sinkTo(FileSink.lines(env.args().require("output")))
                    .uid("files");
        }
    }

    static List<String> expectedGreetings() {
        return Stream.iterate(0L, key -> key + 1)
                .limit(TestJobs.KEYS)
                .map(key -> "Hello " + key + " PROCESSING_TIME")
                .sorted()
                .toList();
    }

    private static final class Greeting extends KeyedProcessFunction<Long, Long, String> {
        private ValueState<Boolean> waits;
        private Greeter greeter;

        @Override
        public void open(RuntimeContext context) {
            waits = context.getState(new ValueStateDescriptor<>("waits", Boolean.class));
            greeter = context.service(Greeter.class);
        }

        @Override
        public void processElement(Long number, Context<Long> context, Collector<String> out) {
            if (waits.value() == null) {
                waits.update(true);
                context.timerService()
                        .registerProcessingTimeTimer(context.timerService().currentProcessingTime() + 50);
            }
        }

        @Override
        public void onTimer(long timestamp, OnTimerContext<Long> context, Collector<String> out) {
            boolean early = context.timerService().currentProcessingTime() < timestamp;
            out.collect(early ? "too early" : greeter.greet(context.currentKey()) + " " + context.timeDomain());
        }
    }
}
