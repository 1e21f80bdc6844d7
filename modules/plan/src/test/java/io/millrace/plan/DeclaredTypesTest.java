// SPDX-License-Identifier: Apache-2.0
package io.millrace.plan;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.JobDefinitionException;
import io.millrace.api.StreamJob;
import io.millrace.api.function.AggregateFunction;
import io.millrace.api.stream.DataStream;
import io.millrace.api.stream.OutputTag;
import io.millrace.api.types.TypeHint;
import io.millrace.api.window.TumblingEventTimeWindows;
import io.millrace.plan.Jobs.Order;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DeclaredTypesTest {
    private static final String ORDER = "io.millrace.plan.Jobs$Order";

    /** Knows no codec of some types, and no key but texts. */
    private record Unknown(Class<?> type) implements TypeChecks {
        @Override
        public @Nullable String whyNoKey(TypeHint<?> key) {
            return key.type() == String.class ? null : "it is no text.";
        }

        @Override
        public @Nullable String whyNoValue(TypeHint<?> value) {
            return value.type() == type ? "field: it is unknown." : null;
        }
    }

    private static void plan(Class<?> unknown, StreamJob job) {
        Planner.plan(Jobs.environment(2, job).logicalPlan(), job.getClass(), new Unknown(unknown));
    }

    private static void refused(Class<?> unknown, StreamJob job, String... messages) {
        assertThatThrownBy(() -> plan(unknown, job))
                .isInstanceOf(JobDefinitionException.class)
                .hasMessage(Jobs.lines(messages));
    }

    @Test
    void keysNeedCanonicalBytes() {
        StreamJob declared = env -> Jobs.orders(env)
                .keyBy(order -> new byte[] {1}, byte[].class)
                .sum(Order::amount)
                .uid("sum")
                .sinkTo(Jobs.sink());
        refused(
                Void.class,
                declared,
                "The operator 'sum' (keyedProcess) is keyed by byte[], which has no canonical bytes: it is no text. Give"
                        + " keyBy(..) a key that is the same bytes after every restart.");
        StreamJob undeclared = env -> Jobs.orders(env)
                .keyBy(order -> new byte[] {1})
                .sum(Order::amount)
                .uid("sum")
                .sinkTo(Jobs.sink());
        assertThatCode(() -> plan(Void.class, undeclared))
                .as("shows at the first key")
                .doesNotThrowAnyException();
    }

    @Test
    void recordsNeedACodecOnceForAllWhoReadThem() {
        StreamJob job = env -> {
            DataStream<Order> orders = Jobs.orders(env);
            orders.rebalance().sinkTo(Jobs.sink()).uid("a");
            orders.rebalance().sinkTo(Jobs.sink()).uid("b");
        };
        refused(
                Order.class,
                job,
                "The type " + ORDER
                        + " that is declared for the records of 'orders' (source) has no codec: field: it is unknown.");
        assertThatCode(() -> plan(String.class, job)).doesNotThrowAnyException();
    }

    @Test
    void sideOutputsNeedOneToo() {
        OutputTag<StringBuilder> tag = new OutputTag<>("odd", StringBuilder.class);
        refused(
                StringBuilder.class,
                env -> {
                    DataStream<Order> checked = Jobs.orders(env).process(new Jobs.Check());
                    checked.sinkTo(Jobs.sink());
                    checked.getSideOutput(tag).sinkTo(Jobs.sink());
                },
                "The type java.lang.StringBuilder that is declared for the side output 'odd' of 'process' (process) has"
                        + " no codec: field: it is unknown.");
    }

    /** Concatenates. */
    private static final class Text implements AggregateFunction<Order, StringBuilder, String> {
        @Override
        public StringBuilder createAccumulator() {
            return new StringBuilder();
        }

        @Override
        public StringBuilder add(Order order, StringBuilder text) {
            return text.append(order.customer());
        }

        @Override
        public String getResult(StringBuilder text) {
            return text.toString();
        }

        @Override
        public StringBuilder merge(StringBuilder left, StringBuilder right) {
            return left.append(right);
        }
    }

    @Test
    void whatIsKeptNeedsOneToo() {
        refused(
                StringBuilder.class,
                env -> Jobs.orders(env)
                        .keyBy(Order::customer, String.class)
                        .window(TumblingEventTimeWindows.of(Duration.ofMinutes(1)))
                        .aggregate(new Text(), StringBuilder.class)
                        .uid("text")
                        .sinkTo(Jobs.sink()),
                "The type java.lang.StringBuilder that is declared for what the operator 'window' (window) keeps has no"
                        + " codec: field: it is unknown.");
    }

    @Test
    void whatIsKeptAndReadAlikeIsToldOnce() {
        refused(
                Order.class,
                env -> Jobs.orders(env)
                        .keyBy(Order::customer, String.class)
                        .reduce((left, right) -> right)
                        .uid("last")
                        .sinkTo(Jobs.sink())
                        .disableChaining(),
                "The type " + ORDER
                        + " that is declared for the records of 'orders' (source) has no codec: field: it is unknown.",
                "The type " + ORDER
                        + " that is declared for the records of 'reduce' (reduce) has no codec: field: it is unknown.");
    }

    @Test
    void withoutChecksEverythingPasses() {
        assertThatCode(() -> Jobs.plan(env -> Jobs.orders(env)
                        .keyBy(order -> new byte[] {1}, byte[].class)
                        .sum(Order::amount)
                        .uid("sum")
                        .sinkTo(Jobs.sink())))
                .doesNotThrowAnyException();
    }
}
