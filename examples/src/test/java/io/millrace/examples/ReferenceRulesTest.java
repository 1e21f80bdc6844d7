// SPDX-License-Identifier: Apache-2.0
package io.millrace.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.StreamEnvironment;
import io.millrace.api.StreamJob;
import io.millrace.api.function.Collector;
import io.millrace.api.function.KeyedProcessFunction;
import io.millrace.api.function.ProcessFunction;
import io.millrace.api.stream.DataStream;
import io.millrace.api.stream.KeyedStream;
import io.millrace.api.window.GlobalWindows;
import io.millrace.api.window.Lateness;
import io.millrace.api.window.TumblingEventTimeWindows;
import io.millrace.api.window.TumblingProcessingTimeWindows;
import io.millrace.examples.DataStreamReference.Trade;
import io.millrace.testkit.CollectSink;
import java.time.Duration;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the reference says in words: what is refused, and what happens at the end of the input. */
@ExtendWith(ExampleNode.class)
class ReferenceRulesTest {
    private static final String LABEL = "rules";

    private static KeyedStream<String, Trade> bySymbol(StreamEnvironment env) {
        return DataStreamReference.trades(env).keyBy(Trade::symbol, String.class);
    }

    private static final Map<String, Function<StreamEnvironment, DataStream<?>>> JOBS = Map.of(
            "no-uid",
            env -> bySymbol(env).sum(Trade::price),
            "no-time",
            env -> env.fromElements("a", "b")
                    .windowAll(TumblingEventTimeWindows.of(Duration.ofSeconds(1)))
                    .sum(String::length)
                    .uid("sum"),
            "never-fires",
            env -> bySymbol(env)
                    .window(GlobalWindows.create())
                    .sum(Trade::price)
                    .uid("sum"),
            "late-without-event-time",
            env -> bySymbol(env)
                    .window(TumblingProcessingTimeWindows.of(Duration.ofSeconds(1)))
                    .late(Lateness.update(Duration.ofSeconds(1)))
                    .sum(Trade::price)
                    .uid("sum"),
            "rebalance-after-keyBy",
            env -> bySymbol(env).rebalance(),
            "timer-without-key",
            env -> DataStreamReference.trades(env).process(new Alarm()),
            "null-key",
            env -> DataStreamReference.trades(env)
                    .keyBy(trade -> (String) null, String.class)
                    .sum(Trade::price)
                    .uid("sum"),
            "array-key",
            env -> DataStreamReference.trades(env)
                    .keyBy(trade -> new long[] {trade.price()}, long[].class)
                    .sum(Trade::price)
                    .uid("sum"),
            "at-the-end",
            env -> bySymbol(env).process(new TwoAlarms()).uid("alarms"));

    /** Sets a timer where there is no key. */
    private static final class Alarm extends ProcessFunction<Trade, String> {
        @Override
        public void processElement(Trade trade, Context context, Collector<String> out) {
            context.timerService().registerEventTimeTimer(trade.time() + 1);
        }
    }

    /** Sets timers of both kinds of time, far beyond the end of the input. */
    private static final class TwoAlarms extends KeyedProcessFunction<String, Trade, String> {
        @Override
        public void processElement(Trade trade, Context<String> context, Collector<String> out) {
            context.timerService().registerEventTimeTimer(Duration.ofDays(365).toMillis());
            context.timerService()
                    .registerProcessingTimeTimer(context.timerService().currentProcessingTime() + 3_600_000);
        }

        @Override
        public void onTimer(long timestamp, OnTimerContext<String> context, Collector<String> out) {
            out.collect(context.currentKey() + " " + context.timeDomain());
        }
    }

    public static final class Job implements StreamJob {
        @Override
        public void define(StreamEnvironment env) {
            JOBS.get(env.args().require("case"))
                    .apply(env)
                    .map(Object::toString)
                    .sinkTo(new CollectSink<>(LABEL))
                    .uid("collect");
        }
    }

    @AfterEach
    void forget() {
        CollectSink.forget(LABEL);
    }

    @ParameterizedTest
    @CsvSource({
        "no-uid, needs a stable id",
        "no-time, no stream that leads to it has timestamps and watermarks",
        "never-fires, never fire",
        "late-without-event-time, No record is late",
        "rebalance-after-keyBy, would lose its keys",
        "timer-without-key, belong to keys",
        "null-key, before the operator 'sum' answered null for the record Trade",
        "array-key, has no canonical bytes",
    })
    void whatCannotWorkIsToldInWords(String job, String words, ExampleNode.Running node) {
        assertThatThrownBy(() -> node.run(Job.class, 1, 512, "--case", job)).hasMessageContaining(words);
    }

    @Test
    void atTheEndOfTheInputTimersOfEventTimeFireAndThoseOfTheClockDoNot(ExampleNode.Running node) throws Exception {
        node.run(Job.class, 2, 512, "--case", "at-the-end");

        assertThat(CollectSink.<String>committed(LABEL)).containsExactlyInAnyOrder("A EVENT_TIME", "B EVENT_TIME");
    }
}
