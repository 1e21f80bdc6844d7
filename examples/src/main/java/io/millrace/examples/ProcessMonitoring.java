// SPDX-License-Identifier: Apache-2.0
package io.millrace.examples;

import io.millrace.api.StreamEnvironment;
import io.millrace.api.StreamJob;
import io.millrace.api.function.Collector;
import io.millrace.api.function.KeyedProcessFunction;
import io.millrace.api.function.RuntimeContext;
import io.millrace.api.sink.PrintSink;
import io.millrace.api.source.GeneratorSource;
import io.millrace.api.state.ValueState;
import io.millrace.api.state.ValueStateDescriptor;
import io.millrace.api.stream.DataStream;
import io.millrace.api.stream.OutputTag;
import io.millrace.api.time.WatermarkStrategy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * Watches a business process: an order is placed, paid within an hour, and shipped within a day of the payment. Orders
 * that were shipped are the output; a step that is not done by its deadline goes to a side output, once, when the
 * watermark passes the deadline: also where no event of the order ever comes again.
 *
 * <p>Argument: {@code --rate R} events a second (default 20).
 */
public final class ProcessMonitoring implements StreamJob {
    enum Step {
        PLACED,
        PAID,
        SHIPPED
    }

    record OrderEvent(String order, Step step, Instant time) {}

    /** An order that was shipped, and how long after it was placed. */
    record Shipped(String order, long minutes) {}

    /** A step that was not done by its deadline. */
    record Overdue(String order, Step step, Instant deadline) {}

    static final OutputTag<Overdue> OVERDUE = new OutputTag<>("overdue", Overdue.class);

    private static final List<OrderEvent> EVENTS = List.of(
            event("A1", Step.PLACED, "2026-01-05T09:00"),
            event("A2", Step.PLACED, "2026-01-05T09:10"),
            event("A3", Step.PLACED, "2026-01-05T09:15"),
            event("A1", Step.PAID, "2026-01-05T09:20"),
            event("A3", Step.PAID, "2026-01-05T10:15"), // just in time
            event("A4", Step.PLACED, "2026-01-05T10:20"), // A2 has not been paid by now
            event("A4", Step.PAID, "2026-01-05T11:50"), // half an hour too late
            event("A2", Step.PAID, "2026-01-05T12:00"), // better late than never
            event("A1", Step.SHIPPED, "2026-01-05T17:00"),
            event("A2", Step.SHIPPED, "2026-01-06T09:00"),
            event("A3", Step.SHIPPED, "2026-01-06T10:16"), // a minute too late
            event("A5", Step.PLACED, "2026-01-06T12:00"), // and A4 should have been shipped
            event("A5", Step.PAID, "2026-01-06T12:01")); // when the input ends, time ends: A5 is overdue

    public static void main(String[] args) throws Exception {
        LocalRun.of(ProcessMonitoring.class, args);
    }

    @Override
    public void define(StreamEnvironment env) {
        DataStream<Shipped> shipped = shipped(env);
        shipped.map(order -> order.order() + " was shipped after " + order.minutes() + " minutes")
                .uid("rows")
                .sinkTo(new PrintSink<>())
                .uid("print");
        shipped.getSideOutput(OVERDUE)
                .map(step -> step.order() + " was not " + step.step().name().toLowerCase(Locale.ROOT) + " by "
                        + step.deadline())
                .uid("overdue-rows")
                .sinkTo(new PrintSink<>())
                .uid("print-overdue");
    }

    static DataStream<Shipped> shipped(StreamEnvironment env) {
        GeneratorSource<OrderEvent> source = GeneratorSource.of(
                        i -> EVENTS.get((int) i), EVENTS.size(), OrderEvent.class)
                .withRate(env.args().getDouble("rate", 20));
        return env.fromSource(
                        source,
                        WatermarkStrategy.<OrderEvent>forMonotonousTimestamps()
                                .withTimestampAssigner(
                                        (event, ignored) -> event.time().toEpochMilli()),
                        "events")
                .uid("events")
                .setParallelism(1) // one reader, so that the events of an order come in their order
                .keyBy(OrderEvent::order, String.class)
                .process(new Deadlines())
                .name("deadlines")
                .uid("deadlines")
                .returns(Shipped.class);
    }

    /** What an order waits for; {@code told} says that it was reported as overdue. */
    record Waiting(Instant placed, Step next, Instant deadline, boolean told) {}

    private static final class Deadlines extends KeyedProcessFunction<String, OrderEvent, Shipped> {
        private static final Duration TO_PAY = Duration.ofHours(1);
        private static final Duration TO_SHIP = Duration.ofDays(1);

        private ValueState<Waiting> state;

        @Override
        public void open(RuntimeContext context) {
            state = context.getState(new ValueStateDescriptor<>("waiting", Waiting.class));
        }

        @Override
        public void processElement(OrderEvent event, Context<String> context, Collector<Shipped> out) {
            Waiting waiting = state.value();
            if (waiting != null) {
                // Where the watermark has not passed the deadline before this event, the timer has not fired.
                if (!waiting.told() && event.time().isAfter(waiting.deadline())) {
                    tell(event.order(), waiting, context);
                }
                context.timerService().deleteEventTimeTimer(waiting.deadline().toEpochMilli());
            }
            Instant placed = waiting == null ? event.time() : waiting.placed();
            switch (event.step()) {
                case PLACED -> await(placed, Step.PAID, event.time().plus(TO_PAY), context);
                case PAID -> await(placed, Step.SHIPPED, event.time().plus(TO_SHIP), context);
                case SHIPPED -> {
                    state.clear();
                    out.collect(new Shipped(
                            event.order(),
                            Duration.between(placed, event.time()).toMinutes()));
                }
            }
        }

        private void await(Instant placed, Step next, Instant deadline, Context<String> context) {
            state.update(new Waiting(placed, next, deadline, false));
            context.timerService().registerEventTimeTimer(deadline.toEpochMilli());
        }

        @Override
        public void onTimer(long timestamp, OnTimerContext<String> context, Collector<Shipped> out) {
            Waiting waiting = state.value();
            if (waiting != null) {
                tell(context.currentKey(), waiting, context);
                state.update(new Waiting(waiting.placed(), waiting.next(), waiting.deadline(), true));
            }
        }

        private static void tell(String order, Waiting waiting, Context<String> context) {
            context.output(OVERDUE, new Overdue(order, waiting.next(), waiting.deadline()));
        }
    }

    private static OrderEvent event(String order, Step step, String time) {
        return new OrderEvent(order, step, Instant.parse(time + ":00Z"));
    }
}
