// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.window;

import io.millrace.api.function.AggregateFunction;
import io.millrace.api.function.ProcessWindowFunction;
import io.millrace.api.function.ReduceFunction;
import io.millrace.api.graph.OperatorSpec;
import io.millrace.api.graph.WindowBody;
import io.millrace.api.stream.OutputTag;
import io.millrace.api.types.TypeHint;
import io.millrace.api.window.ContinuousEventTimeTrigger;
import io.millrace.api.window.ContinuousProcessingTimeTrigger;
import io.millrace.api.window.CountEvictor;
import io.millrace.api.window.CountTrigger;
import io.millrace.api.window.CumulativeEventTimeWindows;
import io.millrace.api.window.DeltaEvictor;
import io.millrace.api.window.DeltaTrigger;
import io.millrace.api.window.EventTimeSessionWindows;
import io.millrace.api.window.Evictor;
import io.millrace.api.window.GlobalWindows;
import io.millrace.api.window.Lateness;
import io.millrace.api.window.ProcessingTimeSessionWindows;
import io.millrace.api.window.PurgingTrigger;
import io.millrace.api.window.SlidingEventTimeWindows;
import io.millrace.api.window.SlidingProcessingTimeWindows;
import io.millrace.api.window.TimeEvictor;
import io.millrace.api.window.TimeWindow;
import io.millrace.api.window.Trigger;
import io.millrace.api.window.Window;
import io.millrace.api.window.WindowAssigner;
import io.millrace.operators.Operator;
import io.millrace.operators.builtin.StateCodecs;
import io.millrace.operators.harness.OperatorHarness;
import io.millrace.serialization.ByteReader;
import io.millrace.serialization.ByteWriter;
import io.millrace.serialization.Codec;
import io.millrace.serialization.Codecs;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A job of windows with its input, made from a seed. */
record WindowScenario(
        long seed,
        Assigner assigner,
        TriggerKind trigger,
        EvictorKind evictor,
        Body body,
        boolean eventTime,
        long size,
        long slide,
        long allowed,
        List<Step> steps) {
    static final OutputTag<Step> LATE = new OutputTag<>("late", Step.class);
    static final long COUNT = 3;
    static final long INTERVAL = 4;
    static final long FAR = 6;
    static final long YOUNG = 5;

    enum Assigner {
        SLIDING,
        CUMULATIVE,
        SESSION,
        DYNAMIC_SESSION,
        GLOBAL
    }

    enum TriggerKind {
        DEFAULT,
        PURGING_DEFAULT,
        COUNT,
        PURGING_COUNT,
        CONTINUOUS,
        DELTA
    }

    enum EvictorKind {
        NONE,
        COUNT_BEFORE,
        COUNT_AFTER,
        TIME,
        DELTA
    }

    enum Body {
        BUFFERING,
        REDUCING,
        AGGREGATING
    }

    /** A record, or where the key is empty: the watermark, or the clock, goes to that time. */
    record Step(String key, long time, String text) {
        boolean isTime() {
            return key.isEmpty();
        }
    }

    /** An accumulator that changes in place. */
    static final class Texts {
        private final StringBuilder all = new StringBuilder();
    }

    static WindowScenario of(long seed) {
        // Neighbouring seeds begin alike.
        Random random = new Random(seed * 0x9E3779B97F4A7C15L);
        boolean eventTime = random.nextInt(4) > 0;
        Assigner assigner = pick(random, Assigner.values());
        if (!eventTime && assigner == Assigner.CUMULATIVE) {
            assigner = Assigner.SESSION;
        }
        TriggerKind trigger = random.nextInt(3) == 0 ? TriggerKind.DEFAULT : pick(random, TriggerKind.values());
        boolean merges = assigner == Assigner.SESSION || assigner == Assigner.DYNAMIC_SESSION;
        if (merges && trigger == TriggerKind.DELTA) {
            trigger = TriggerKind.COUNT;
        }
        EvictorKind evictor = random.nextInt(2) == 0 ? EvictorKind.NONE : pick(random, EvictorKind.values());
        boolean late = eventTime && assigner != Assigner.GLOBAL && random.nextBoolean();
        long slide = 1 + random.nextInt(12);
        long size = assigner == Assigner.CUMULATIVE ? slide * (1 + random.nextInt(4)) : 1 + random.nextInt(20);
        return new WindowScenario(
                seed,
                assigner,
                trigger,
                evictor,
                pick(random, Body.values()),
                eventTime,
                size,
                slide,
                late ? random.nextInt(15) : 0,
                steps(random, eventTime));
    }

    private static <E> E pick(Random random, E[] values) {
        return values[random.nextInt(values.length)];
    }

    /** Records lag behind a clock that goes on; watermarks promise less than is true, so some records come late. */
    private static List<Step> steps(Random random, boolean eventTime) {
        List<Step> steps = new ArrayList<>();
        int length = random.nextInt(60);
        int pace = 1 + random.nextInt(3);
        long time = eventTime ? Long.MIN_VALUE : 1_000;
        for (int i = 0; i < length; i++) {
            long now = (long) pace * i + random.nextInt(41) - 35;
            if (random.nextInt(4) > 0) {
                String key = String.valueOf((char) ('a' + random.nextInt(3)));
                steps.add(new Step(key, now, String.valueOf((char) ('A' + random.nextInt(26)))));
            } else if (!eventTime) {
                time += random.nextInt(12);
                steps.add(new Step("", time, ""));
            } else if (now > time) {
                time = now;
                steps.add(new Step("", time, ""));
            }
        }
        return steps;
    }

    /** True when records are folded by slices of time, so that a window's are in no order. */
    boolean inNoOrder() {
        boolean sliced = assigner == Assigner.CUMULATIVE || assigner == Assigner.SLIDING && size > slide;
        return sliced
                && eventTime
                && body != Body.BUFFERING
                && trigger == TriggerKind.DEFAULT
                && evictor == EvictorKind.NONE;
    }

    static long gapOf(Step step) {
        return 1 + step.text().charAt(0) % 7;
    }

    static double delta(Step from, Step to) {
        return Math.abs(from.text().charAt(0) - to.text().charAt(0));
    }

    Operator operator() {
        Lateness<?> lateness = eventTime && assigner != Assigner.GLOBAL
                ? Lateness.<Step>update(Duration.ofMillis(allowed)).thenToSideOutput(LATE)
                : Lateness.drop();
        return new WindowOperators(OperatorHarness.SPECIALISER, new GivenCodecs())
                .create(new OperatorSpec.WindowSpec(
                        windowAssigner(), windowBody(), lateness, windowTrigger(), windowEvictor()));
    }

    private WindowAssigner<Step, ?> windowAssigner() {
        Duration length = Duration.ofMillis(size);
        Duration distance = Duration.ofMillis(slide);
        return switch (assigner) {
            case SLIDING ->
                eventTime
                        ? SlidingEventTimeWindows.of(length, distance)
                        : SlidingProcessingTimeWindows.of(length, distance);
            case CUMULATIVE -> CumulativeEventTimeWindows.of(length, distance);
            case SESSION ->
                eventTime ? EventTimeSessionWindows.withGap(length) : ProcessingTimeSessionWindows.withGap(length);
            case DYNAMIC_SESSION ->
                eventTime
                        ? EventTimeSessionWindows.withDynamicGap(WindowScenario::gapOf)
                        : ProcessingTimeSessionWindows.withDynamicGap(WindowScenario::gapOf);
            case GLOBAL -> GlobalWindows.createWithEndOfStreamTrigger();
        };
    }

    private Trigger<?, ?> windowTrigger() {
        Duration interval = Duration.ofMillis(INTERVAL);
        return switch (trigger) {
            case DEFAULT -> null;
            case PURGING_DEFAULT -> PurgingTrigger.of(windowAssigner().defaultTrigger());
            case COUNT -> CountTrigger.of(COUNT);
            case PURGING_COUNT -> PurgingTrigger.of(CountTrigger.of(COUNT));
            case CONTINUOUS ->
                eventTime ? ContinuousEventTimeTrigger.of(interval) : ContinuousProcessingTimeTrigger.of(interval);
            case DELTA -> DeltaTrigger.<Step, Window>of(FAR, WindowScenario::delta, Step.class);
        };
    }

    private Evictor<?, ?> windowEvictor() {
        return switch (evictor) {
            case NONE -> null;
            case COUNT_BEFORE -> CountEvictor.of(2);
            case COUNT_AFTER -> CountEvictor.of(2, true);
            case TIME -> TimeEvictor.of(Duration.ofMillis(YOUNG));
            case DELTA -> DeltaEvictor.<Step, Window>of(FAR, WindowScenario::delta);
        };
    }

    private WindowBody windowBody() {
        ProcessWindowFunction<Object, Object, String, Window> describe = (key, context, all, out) -> {
            StringBuilder text = new StringBuilder(key + " " + textOf(context.window()) + " ");
            for (Object one : all) {
                text.append(one instanceof Step step ? step.text() : one);
            }
            out.collect(text.toString());
        };
        // Joins texts, so that the order is seen.
        ReduceFunction<Step> join = (left, right) -> new Step(left.key(), left.time(), left.text() + right.text());
        return switch (body) {
            case BUFFERING -> new WindowBody.Buffering(null, describe);
            case REDUCING -> new WindowBody.Reducing(join, null, describe);
            case AGGREGATING -> new WindowBody.Aggregating(new Join(), TypeHint.of(Texts.class), describe);
        };
    }

    private static String textOf(Window window) {
        return window instanceof TimeWindow time ? time.start() + ".." + time.end() : "all";
    }

    private static final class Join implements AggregateFunction<Step, Texts, String> {
        @Override
        public Texts createAccumulator() {
            return new Texts();
        }

        @Override
        public Texts add(Step record, Texts accumulator) {
            accumulator.all.append(record.text());
            return accumulator;
        }

        @Override
        public String getResult(Texts accumulator) {
            return accumulator.all.toString();
        }

        @Override
        public Texts merge(Texts left, Texts right) {
            left.all.append(right.all);
            return left;
        }
    }

    /** Real codecs, and one for the accumulator. */
    private static final class GivenCodecs implements StateCodecs {
        @Override
        @SuppressWarnings("unchecked")
        public <T> Codec<T> codecOf(Codecs codecs, TypeHint<?> type) {
            return type != null && type.type() == Texts.class
                    ? (Codec<T>) new TextsCodec()
                    : codecs.forTypeOrSelfDescribing(type);
        }
    }

    private static final class TextsCodec implements Codec<Texts> {
        @Override
        public void write(Texts value, ByteWriter out) {
            out.writeString(value.all.toString());
        }

        @Override
        public Texts read(ByteReader in) {
            Texts texts = new Texts();
            texts.all.append(in.readString());
            return texts;
        }

        @Override
        public Texts copy(Texts value) {
            Texts texts = new Texts();
            texts.all.append(value.all);
            return texts;
        }

        @Override
        public boolean isImmutable() {
            return false;
        }

        @Override
        public Codec<Texts> duplicate() {
            return this;
        }

        @Override
        public String describe() {
            return "texts";
        }
    }
}
