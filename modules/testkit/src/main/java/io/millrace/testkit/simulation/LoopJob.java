// SPDX-License-Identifier: Apache-2.0
package io.millrace.testkit.simulation;

import io.millrace.api.StreamEnvironment;
import io.millrace.api.StreamJob;
import io.millrace.api.function.Collector;
import io.millrace.api.function.KeyedProcessFunction;
import io.millrace.api.function.ProcessFunction;
import io.millrace.api.function.RuntimeContext;
import io.millrace.api.state.ValueState;
import io.millrace.api.state.ValueStateDescriptor;
import io.millrace.api.stream.DataStream;
import io.millrace.api.stream.IterativeStream;
import io.millrace.api.stream.OutputTag;
import io.millrace.api.time.Timestamps;
import io.millrace.api.time.WatermarkStrategy;
import java.time.Duration;

/** A loop of the shape that its workload has drawn. */
public final class LoopJob implements StreamJob {
    static final String HEAD = "loop";
    static final String OUTSIDE = "outside";
    static final String DONE = "done";
    static final String VISITS = "visits";

    private static final OutputTag<String> DONE_TAG = new OutputTag<>(DONE, String.class);
    private static final OutputTag<String> VISITS_TAG = new OutputTag<>(VISITS, String.class);
    private static final long DISORDER_MS = 40;

    @Override
    public void define(StreamEnvironment env) {
        SimulatedIo io = SimulatedIo.of(env.args());
        LoopWorkload workload = (LoopWorkload) io.workload();
        LoopWorkload.Shape shape = workload.shape();
        DataStream<Lap> outside = source(env, io, 0);
        if (shape.outsideKeyed()) {
            outside = outside.keyBy(Lap::lane, Integer.class);
        }
        IterativeStream<Lap> loop =
                outside.iterate(shape.maxCirculating()).uid(HEAD).setParallelism(shape.heads());
        DataStream<Lap> into = shape.sideInput() ? loop.union(source(env, io, 1)) : loop;
        DataStream<Lap> body = shape.keyed()
                ? into.keyBy(Lap::lane, Integer.class)
                        .process(new KeyedBody(io, workload))
                        .uid("body")
                : into.process(new PlainBody(io, workload));
        body.setParallelism(shape.bodies()).returns(Lap.class);
        loop.closeWith(tail(body, shape));
        body.getSideOutput(DONE_TAG).sinkTo(io.sink(DONE)).uid(DONE);
        body.getSideOutput(VISITS_TAG).sinkTo(io.sink(VISITS)).uid(VISITS);
    }

    private static DataStream<Lap> source(StreamEnvironment env, SimulatedIo io, int number) {
        return env.fromSource(
                        io.source(number, Lap.class),
                        WatermarkStrategy.<Lap>forBoundedOutOfOrderness(Duration.ofMillis(DISORDER_MS)),
                        OUTSIDE + number)
                .uid(OUTSIDE + number);
    }

    private static DataStream<Lap> tail(DataStream<Lap> body, LoopWorkload.Shape shape) {
        return switch (shape.tail()) {
            case DIRECT -> body;
            case REBALANCED -> body.rebalance();
            case KEYED -> body.keyBy(Lap::id, Long.class);
            case MAPPED ->
                body.filter(lap -> true).map(lap -> lap).returns(Lap.class).setParallelism(shape.heads());
            case REBALANCED_AND_MAPPED ->
                body.rebalance().map(lap -> lap).returns(Lap.class).rebalance();
        };
    }

    private static final class PlainBody extends ProcessFunction<Lap, Lap> {
        private final SimulatedIo io;
        private final LoopWorkload workload;

        private PlainBody(SimulatedIo io, LoopWorkload workload) {
            this.io = io;
            this.workload = workload;
        }

        @Override
        public void processElement(Lap lap, Context context, Collector<Lap> out) {
            io.userCode();
            workload.onVisit(lap);
            String done = workload.done(lap);
            if (done != null) {
                context.output(DONE_TAG, done);
            }
            workload.next(lap).forEach(out::collect);
        }
    }

    private static final class KeyedBody extends KeyedProcessFunction<Integer, Lap, Lap> {
        private final SimulatedIo io;
        private final LoopWorkload workload;
        private ValueState<Long> visits;

        private KeyedBody(SimulatedIo io, LoopWorkload workload) {
            this.io = io;
            this.workload = workload;
        }

        @Override
        public void open(RuntimeContext context) {
            visits = context.getState(new ValueStateDescriptor<>("visits", Long.class));
        }

        @Override
        public void processElement(Lap lap, Context<Integer> context, Collector<Lap> out) {
            io.userCode();
            workload.onVisit(lap);
            Long before = visits.value();
            long visit = before == null ? 1 : before + 1;
            visits.update(visit);
            context.output(VISITS_TAG, LoopWorkload.visit(context.currentKey(), visit));
            String done = workload.done(lap);
            if (done != null) {
                context.output(DONE_TAG, done);
            }
            workload.next(lap).forEach(out::collect);
            long timer = workload.timerOf(lap);
            if (timer != LoopWorkload.NO_TIMER) {
                context.timerService().registerEventTimeTimer(timer);
            }
            long delay = workload.clockTimerOf(lap);
            if (delay != LoopWorkload.NO_TIMER) {
                context.timerService()
                        .registerProcessingTimeTimer(context.timerService().currentProcessingTime() + delay);
            }
        }

        @Override
        public void onTimer(long timestamp, OnTimerContext<Integer> context, Collector<Lap> out) {
            io.userCode();
            workload.onTimer(context.timerService().currentWatermark() < Timestamps.END);
            out.collect(LoopWorkload.born(context.currentKey(), timestamp));
        }
    }
}
