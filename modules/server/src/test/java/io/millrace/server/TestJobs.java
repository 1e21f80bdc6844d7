// SPDX-License-Identifier: Apache-2.0
package io.millrace.server;

import io.millrace.api.StreamEnvironment;
import io.millrace.api.StreamJob;
import io.millrace.api.function.Collector;
import io.millrace.api.function.KeyedProcessFunction;
import io.millrace.api.function.ProcessFunction;
import io.millrace.api.function.RuntimeContext;
import io.millrace.api.sink.DiscardSink;
import io.millrace.api.source.GeneratorSource;
import io.millrace.api.state.ValueState;
import io.millrace.api.state.ValueStateDescriptor;
import io.millrace.api.stream.BoundedStream;
import io.millrace.api.stream.DataStream;
import io.millrace.api.stream.OutputTag;
import io.millrace.api.time.WatermarkStrategy;
import io.millrace.api.window.TumblingEventTimeWindows;
import io.millrace.connector.files.FileSink;
import java.io.IOError;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/** Jobs over the numbers 0, 1, 2 .., whose results plain Java computes again. */
final class TestJobs {
    /** Records between two failures, and how many failures; for {@link Failing}. */
    static final AtomicLong FAILURES_LEFT = new AtomicLong();

    static final int FAIL_EVERY = 50_000;
    private static final AtomicLong SEEN = new AtomicLong();

    private TestJobs() {}

    /** A number with its time. */
    record Number(long value, int key) {}

    static final int KEYS = 17;
    static final long WINDOW_MS = 10_000;

    private static BoundedStream<Number> numbers(StreamEnvironment env) {
        long count = env.args().getLong("count", 1000);
        double rate = env.args().getDouble("rate", Double.MAX_VALUE);
        WatermarkStrategy<Number> watermarks = WatermarkStrategy.<Number>forBoundedOutOfOrderness(
                        Duration.ofMillis(100))
                .withTimestampAssigner((number, none) -> number.value());
        return env.fromSource(
                GeneratorSource.of(i -> new Number(i, (int) (i % KEYS)), count, Number.class)
                        .withRate(rate),
                watermarks,
                "numbers");
    }

    private static DataStream<String> sums(DataStream<Number> numbers) {
        return numbers.keyBy(Number::key, Integer.class)
                .window(TumblingEventTimeWindows.of(Duration.ofMillis(WINDOW_MS)))
                .<String>reduce(
                        (left, right) -> new Number(left.value() + right.value(), left.key()),
                        (key, context, contents, out) ->
                                out.collect(context.window().start() + "," + key + ","
                                        + contents.iterator().next().value()))
                .uid("sums");
    }

    /** The same, by plain Java. */
    static List<String> expectedSums(long count) {
        TreeMap<String, Long> sums = new TreeMap<>();
        for (long i = 0; i < count; i++) {
            sums.merge(i / WINDOW_MS * WINDOW_MS + "," + i % KEYS, i, Long::sum);
        }
        List<String> lines = new ArrayList<>();
        sums.forEach((key, sum) -> lines.add(key + "," + sum));
        lines.sort(null);
        return lines;
    }

    /** Sums of each key and window, into files. */
    public static final class Sums implements StreamJob {
        @Override
        public void define(StreamEnvironment env) {
            sums(numbers(env))
                    .sinkTo(FileSink.lines(env.args().require("output")))
                    .uid("files");
        }
    }

    /** The same with a map that throws now and then. */
    public static final class Failing implements StreamJob {
        @Override
        public void define(StreamEnvironment env) {
            DataStream<Number> sometimes = numbers(env).rebalance().map(number -> {
                if (SEEN.incrementAndGet() % FAIL_EVERY == 0 && FAILURES_LEFT.getAndDecrement() > 0) {
                    throw new IllegalStateException("planned failure at " + number.value());
                }
                return number;
            });
            // One subtask, so that each failure ends an epoch of its own.
            sometimes.setParallelism(1);
            sums(sometimes).sinkTo(FileSink.lines(env.args().require("output"))).uid("files");
        }
    }

    /** Where the first stuck call waits; a call that finds it taken goes on. */
    static final AtomicReference<CountDownLatch> STUCK = new AtomicReference<>(new CountDownLatch(0));

    /** A call that never returns, and then a failure elsewhere; each once. */
    public static final class Stuck implements StreamJob {
        private static final AtomicBoolean TAKEN = new AtomicBoolean();
        private static final AtomicBoolean FAILED = new AtomicBoolean();

        @Override
        public void define(StreamEnvironment env) {
            DataStream<Number> waiting = numbers(env)
                    .rebalance()
                    .map(number -> {
                        if (number.value() == 20_000 && TAKEN.compareAndSet(false, true)) {
                            STUCK.get().await();
                        }
                        return number;
                    })
                    .blocking();
            sums(waiting).sinkTo(FileSink.lines(env.args().require("output"))).uid("files");
            // A source of its own: the stuck call holds the other one back.
            env.fromSource(
                            GeneratorSource.of(i -> i, 3_000, Long.class).withRate(1_000),
                            WatermarkStrategy.noWatermarks(),
                            "beside")
                    .map(number -> {
                        if (TAKEN.get() && FAILED.compareAndSet(false, true)) {
                            throw new IllegalStateException("planned failure");
                        }
                        return number;
                    })
                    .sinkTo(new DiscardSink<>("beside"));
        }
    }

    /** Always throws at one record. */
    public static final class Poisoned implements StreamJob {
        @Override
        public void define(StreamEnvironment env) {
            numbers(env)
                    .map(number -> 100 / (number.value() - 500))
                    .name("divide")
                    .sinkTo(new DiscardSink<>("poisoned"));
        }
    }

    /** Throws an error that is no exception, once at the named record, or in its definition. */
    public static final class Erring implements StreamJob {
        static final AtomicBoolean FAILED = new AtomicBoolean();

        @Override
        public void define(StreamEnvironment env) {
            if (env.args().flag("in-definition")) {
                throw new AssertionError("planned error");
            }
            DataStream<Number> erring = numbers(env).map(number -> {
                if (number.value() == 20_000 && FAILED.compareAndSet(false, true)) {
                    throw new IOError(new IOException("planned error"));
                }
                return number;
            });
            sums(erring.name("read").returns(Number.class))
                    .sinkTo(FileSink.lines(env.args().require("output")))
                    .uid("files");
        }
    }

    /** A fast source and a sink that takes a millisecond a record. */
    public static final class SlowSink implements StreamJob {
        @Override
        public void define(StreamEnvironment env) {
            numbers(env)
                    .rebalance()
                    .map(number -> {
                        long until = System.nanoTime() + 1_000_000;
                        while (System.nanoTime() < until) {
                            java.util.concurrent.locks.LockSupport.parkNanos(until - System.nanoTime());
                        }
                        return number;
                    })
                    .blocking()
                    .sinkTo(new DiscardSink<>("slow"))
                    .blocking();
        }
    }

    static final OutputTag<Long> ODD = new OutputTag<>("odd", Long.class);

    /** Union, side output, keyed state with timers, running sums, several sinks. */
    public static final class Everything implements StreamJob {
        @Override
        public void define(StreamEnvironment env) {
            BoundedStream<Number> all = numbers(env);
            DataStream<Number> even = all.filter(number -> number.value() % 2 == 0);
            DataStream<Number> odd = all.filter(number -> number.value() % 2 != 0);
            DataStream<Number> united = even.union(odd);
            DataStream<String> counted = united.keyBy(Number::key, Integer.class)
                    .process(new CountPerSecond())
                    .uid("per-second");
            counted.sinkTo(FileSink.lines(env.args().require("output") + "/main"))
                    .uid("main");
            counted.getSideOutput(ODD)
                    .map(String::valueOf)
                    .sinkTo(FileSink.lines(env.args().require("output") + "/odd"))
                    .uid("odd");
            all.keyBy(number -> "k" + number.key(), String.class)
                    .sum(Number::value)
                    .uid("running")
                    .sinkTo(new DiscardSink<>("running"));
        }
    }

    /** Emits a side output of numbers and reads it as one of strings. */
    public static final class Mistyped implements StreamJob {
        @Override
        public void define(StreamEnvironment env) {
            DataStream<Number> processed = numbers(env).process(new ProcessFunction<Number, Number>() {
                @Override
                public void processElement(Number number, Context context, Collector<Number> out) {
                    context.output(ODD, number.value());
                }
            });
            processed.getSideOutput(new OutputTag<>("odd", String.class)).sinkTo(new DiscardSink<>("mistyped"));
        }
    }

    /** Counts the records of a key by a timer a second of event time. */
    static final class CountPerSecond extends KeyedProcessFunction<Integer, Number, String> {
        private ValueState<Long> count;

        @Override
        public void open(RuntimeContext context) {
            count = context.getState(new ValueStateDescriptor<>("count", Long.class));
        }

        @Override
        public void processElement(Number number, Context<Integer> context, Collector<String> out) {
            Long before = count.value();
            count.update(before == null ? 1L : before + 1);
            context.timerService().registerEventTimeTimer((number.value() / 1000 + 1) * 1000 - 1);
            if (number.value() % 2 != 0) {
                context.output(ODD, number.value());
            }
        }

        @Override
        public void onTimer(long timestamp, OnTimerContext<Integer> context, Collector<String> out) {
            out.collect(context.currentKey() + "," + timestamp + "," + count.value());
        }
    }
}
