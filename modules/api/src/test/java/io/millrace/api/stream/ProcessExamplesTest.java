// SPDX-License-Identifier: Apache-2.0
package io.millrace.api.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.DefinitionContext;
import io.millrace.api.JobArguments;
import io.millrace.api.StreamEnvironment;
import io.millrace.api.function.CoMapFunction;
import io.millrace.api.function.Collector;
import io.millrace.api.function.KeyedBroadcastProcessFunction;
import io.millrace.api.function.KeyedCoProcessFunction;
import io.millrace.api.function.KeyedProcessFunction;
import io.millrace.api.function.MapFunction;
import io.millrace.api.function.RuntimeContext;
import io.millrace.api.state.MapStateDescriptor;
import io.millrace.api.state.ValueState;
import io.millrace.api.state.ValueStateDescriptor;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Small functions as people write them; the reference shows them. */
class ProcessExamplesTest {
    record Reading(String sensor, double value) {}

    record Order(String id, long cents) {}

    record Payment(String orderId, long cents) {}

    record Rule(String name, long limitCents) {}

    /** Tells of sensors that have been silent for a minute of processing time. */
    static final class Silence extends KeyedProcessFunction<String, Reading, String> {
        private ValueState<Long> deadline;

        @Override
        public void open(RuntimeContext context) {
            deadline = context.getState(new ValueStateDescriptor<>("deadline", Long.class));
        }

        @Override
        public void processElement(Reading reading, Context<String> context, Collector<String> out) {
            if (deadline.value() != null) {
                context.timerService().deleteProcessingTimeTimer(deadline.value());
            }
            long next = context.timerService().currentProcessingTime() + 60_000;
            context.timerService().registerProcessingTimeTimer(next);
            deadline.update(next);
        }

        @Override
        public void onTimer(long timestamp, OnTimerContext<String> context, Collector<String> out) {
            out.collect(context.currentKey() + " is silent");
            deadline.clear();
        }
    }

    /** Pairs orders with their payments; what is not paid within an hour of event time goes to a side output. */
    static final class Paid extends KeyedCoProcessFunction<String, Order, Payment, String> {
        static final OutputTag<Order> UNPAID = new OutputTag<>("unpaid", Order.class);

        private ValueState<Order> order;
        private ValueState<Payment> payment;

        @Override
        public void open(RuntimeContext context) {
            order = context.getState(new ValueStateDescriptor<>("order", Order.class));
            payment = context.getState(new ValueStateDescriptor<>("payment", Payment.class));
        }

        @Override
        public void processElement1(Order record, Context<String> context, Collector<String> out) {
            order.update(record);
            context.timerService().registerEventTimeTimer(context.timestamp() + 3_600_000);
            pair(out);
        }

        @Override
        public void processElement2(Payment record, Context<String> context, Collector<String> out) {
            payment.update(record);
            pair(out);
        }

        private void pair(Collector<String> out) {
            if (order.value() != null && payment.value() != null) {
                out.collect(order.value().id() + " is paid");
                order.clear();
                payment.clear();
            }
        }

        @Override
        public void onTimer(long timestamp, OnTimerContext<String> context, Collector<String> out) {
            if (order.value() != null) {
                context.output(UNPAID, order.value());
                order.clear();
            }
        }
    }

    /** Checks orders against rules that are sent while the job runs. */
    static final class Checked extends KeyedBroadcastProcessFunction<String, Order, Rule, String> {
        static final MapStateDescriptor<String, Rule> RULES =
                new MapStateDescriptor<>("rules", String.class, Rule.class);

        @Override
        public void processElement(Order order, ReadOnlyContext<String> context, Collector<String> out) {
            for (Map.Entry<String, Rule> rule : context.getBroadcastState(RULES).immutableEntries()) {
                if (order.cents() > rule.getValue().limitCents()) {
                    out.collect(order.id() + " breaks " + rule.getKey());
                }
            }
        }

        @Override
        public void processBroadcastElement(Rule rule, Context<String> context, Collector<String> out) {
            context.getBroadcastState(RULES).put(rule.name(), rule);
        }
    }

    /** What the host knows and functions ask for. */
    interface Names {
        String nameOf(String id);
    }

    /** Asks a service of the host. */
    static final class Named implements MapFunction<Order, String> {
        private Names names;

        @Override
        public void open(RuntimeContext context) {
            names = context.service(Names.class);
        }

        @Override
        public String map(Order order) {
            return names.nameOf(order.id()) + " costs " + order.cents();
        }
    }

    private static final class Either implements CoMapFunction<Order, Payment, Long> {
        @Override
        public Long map1(Order order) {
            return -order.cents();
        }

        @Override
        public Long map2(Payment payment) {
            return payment.cents();
        }
    }

    @Test
    void theExamplesMakeAJob() {
        StreamEnvironment env = new StreamEnvironment(DefinitionContext.local(JobArguments.of(), 1));
        DataStream<Reading> readings = env.fromElements(new Reading("s", 1.0));
        DataStream<Order> orders = env.fromElements(new Order("o", 1));
        DataStream<Payment> payments = env.fromElements(new Payment("o", 1));
        DataStream<Rule> rules = env.fromElements(new Rule("r", 1));

        DataStream<String> silent = readings.keyBy(Reading::sensor, String.class)
                .process(new Silence())
                .uid("silence");

        DataStream<String> paid = orders.connect(payments)
                .keyBy(Order::id, Payment::orderId, String.class)
                .process(new Paid())
                .uid("paid");
        DataStream<Order> unpaid = paid.getSideOutput(Paid.UNPAID);

        DataStream<String> broken = orders.keyBy(Order::id, String.class)
                .connect(rules.broadcast(Checked.RULES))
                .process(new Checked())
                .uid("checked");

        DataStream<Long> flows = orders.connect(payments).map(new Either());
        DataStream<String> named = orders.map(new Named());

        assertThat(silent.node.name()).isEqualTo("keyedProcess");
        assertThat(paid.node.name()).isEqualTo("keyedCoProcess");
        assertThat(unpaid.asInput().source()).isSameAs(paid.node);
        assertThat(broken.node.name()).isEqualTo("keyedBroadcastProcess");
        assertThat(flows.node.name()).isEqualTo("coMap");
        assertThat(named.node.name()).isEqualTo("map");
    }
}
