// SPDX-License-Identifier: Apache-2.0
package io.millrace.examples;

import io.millrace.api.StreamEnvironment;
import io.millrace.api.StreamJob;
import io.millrace.api.function.Collector;
import io.millrace.api.function.KeyedBroadcastProcessFunction;
import io.millrace.api.function.RuntimeContext;
import io.millrace.api.sink.PrintSink;
import io.millrace.api.source.CollectionSource;
import io.millrace.api.state.ListState;
import io.millrace.api.state.ListStateDescriptor;
import io.millrace.api.state.MapStateDescriptor;
import io.millrace.api.stream.BroadcastStream;
import io.millrace.api.stream.DataStream;
import io.millrace.api.time.WatermarkStrategy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Payments by card against rules that every subtask knows (the broadcast state pattern): an alert where a card pays more
 * than a rule's limit within the rule's time.
 *
 * <p>No order is given between payments and rules. So a payment waits in the card's state until the watermark, the lower
 * of both streams', says that all rules of its time are there: the alerts are the same in every run.
 */
public final class FraudDetection implements StreamJob {
    record Payment(String card, Instant time, long euros) {}

    /** A limit for what a card pays within some minutes; in force from one time to another, excluded. */
    record Rule(String name, Instant from, Instant until, long minutes, long limit) {
        boolean isInForce(Instant time) {
            return !time.isBefore(from) && time.isBefore(until);
        }
    }

    record Alert(String card, Instant time, String rule, long euros) {}

    private static final MapStateDescriptor<String, Rule> RULES =
            new MapStateDescriptor<>("rules", String.class, Rule.class);

    private static final List<Rule> TODAY = List.of(
            new Rule("one payment", at("00:00"), at("24:00"), 0, 1_000),
            new Rule("an hour by night", at("00:00"), at("06:00"), 60, 300),
            new Rule("an hour by day", at("06:00"), at("24:00"), 60, 1_500));

    private static final List<Payment> PAYMENTS = List.of(
            new Payment("1111", at("05:10"), 200),
            new Payment("2222", at("05:20"), 250),
            new Payment("1111", at("05:40"), 150), // 350 within an hour, by night
            new Payment("2222", at("06:05"), 900), // 1,150 within an hour, but the night is over
            new Payment("3333", at("09:30"), 600),
            new Payment("3333", at("09:00"), 500), // out of order
            new Payment("3333", at("10:00"), 400), // the first was an hour ago: 1,000
            new Payment("3333", at("10:20"), 700), // 1,700
            new Payment("1111", at("10:25"), 1_200), // too much at once
            new Payment("1111", at("11:00"), 400)); // 1,600

    public static void main(String[] args) throws Exception {
        LocalRun.of(FraudDetection.class, args);
    }

    @Override
    public void define(StreamEnvironment env) {
        alerts(env)
                .map(alert -> alert.time() + " card " + alert.card() + " paid " + alert.euros()
                        + " euros: more than the rule '" + alert.rule() + "' allows")
                .uid("rows")
                .sinkTo(new PrintSink<>())
                .uid("print");
    }

    static DataStream<Alert> alerts(StreamEnvironment env) {
        BroadcastStream<Rule> rules = env.fromSource(
                        new CollectionSource<>(TODAY),
                        WatermarkStrategy.<Rule>forMonotonousTimestamps()
                                .withTimestampAssigner(
                                        (rule, ignored) -> rule.from().toEpochMilli()),
                        "rules")
                .uid("rules")
                .returns(Rule.class)
                .broadcast(RULES);

        return env.fromSource(
                        new CollectionSource<>(PAYMENTS),
                        WatermarkStrategy.<Payment>forBoundedOutOfOrderness(Duration.ofMinutes(30))
                                .withTimestampAssigner(
                                        (payment, ignored) -> payment.time().toEpochMilli()),
                        "payments")
                .uid("payments")
                .returns(Payment.class)
                .keyBy(Payment::card, String.class)
                .connect(rules)
                .process(new Judge())
                .name("judge")
                .uid("judge")
                .returns(Alert.class);
    }

    /** Keeps the payments of the last hours, and judges each in its turn. */
    private static final class Judge extends KeyedBroadcastProcessFunction<String, Payment, Rule, Alert> {
        private static final Duration KEPT = Duration.ofHours(1);
        private ListState<Payment> payments;

        @Override
        public void open(RuntimeContext context) {
            payments = context.getListState(new ListStateDescriptor<>("payments", Payment.class));
        }

        @Override
        public void processBroadcastElement(Rule rule, Context<String> context, Collector<Alert> out) {
            context.getBroadcastState(RULES).put(rule.name(), rule);
        }

        @Override
        public void processElement(Payment payment, ReadOnlyContext<String> context, Collector<Alert> out) {
            payments.add(payment);
            context.timerService().registerEventTimeTimer(payment.time().toEpochMilli());
        }

        @Override
        public void onTimer(long timestamp, OnTimerContext<String> context, Collector<Alert> out) {
            Instant now = Instant.ofEpochMilli(timestamp);
            List<Payment> kept = new ArrayList<>(payments.get());
            kept.removeIf(payment -> payment.time().isBefore(now.minus(KEPT)));
            payments.update(kept);
            for (Map.Entry<String, Rule> entry :
                    context.getBroadcastState(RULES).immutableEntries()) {
                Rule rule = entry.getValue();
                Instant since = now.minus(Duration.ofMinutes(rule.minutes()));
                long sum = kept.stream()
                        .filter(payment ->
                                payment.time().equals(now) || payment.time().isAfter(since))
                        .filter(payment -> !payment.time().isAfter(now))
                        .mapToLong(Payment::euros)
                        .sum();
                if (rule.isInForce(now) && sum > rule.limit()) {
                    out.collect(new Alert(context.currentKey(), now, rule.name(), sum));
                }
            }
        }
    }

    private static Instant at(String time) {
        return Instant.parse("2026-01-05T" + time + ":00Z");
    }
}
