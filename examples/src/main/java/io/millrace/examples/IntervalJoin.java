// SPDX-License-Identifier: Apache-2.0
package io.millrace.examples;

import io.millrace.api.StreamEnvironment;
import io.millrace.api.StreamJob;
import io.millrace.api.sink.PrintSink;
import io.millrace.api.source.CollectionSource;
import io.millrace.api.stream.DataStream;
import io.millrace.api.stream.KeyedStream;
import io.millrace.api.time.WatermarkStrategy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Orders and their payments, which come at most an hour after the order. A left join: an order that nobody has paid by
 * then is told, too.
 */
public final class IntervalJoin implements StreamJob {
    record Order(String id, Instant time, long euros) {}

    record Payment(String order, Instant time, long euros) {}

    /** What was paid for an order, and when the order was made. */
    record Settlement(String order, Instant ordered, long paid) {}

    private static final List<Order> ORDERS = List.of(
            new Order("A1", at("09:00"), 30),
            new Order("A2", at("09:10"), 20),
            new Order("A3", at("09:20"), 50),
            new Order("A4", at("10:30"), 10),
            new Order("A5", at("11:00"), 70));

    private static final List<Payment> PAYMENTS = List.of(
            new Payment("A1", at("09:05"), 30),
            new Payment("A3", at("09:40"), 25), // in two parts
            new Payment("A3", at("10:10"), 25),
            new Payment("A2", at("10:10").plusMillis(1), 20), // a millisecond too late: another job's business
            new Payment("A4", at("11:30"), 10), // just in time
            new Payment("A9", at("11:40"), 99)); // for no order

    public static void main(String[] args) throws Exception {
        LocalRun.of(IntervalJoin.class, args);
    }

    @Override
    public void define(StreamEnvironment env) {
        settlements(env)
                .map(settlement -> settlement.order() + " of " + settlement.ordered()
                        + (settlement.paid() == 0 ? " was not paid" : ": " + settlement.paid() + " euros paid"))
                .uid("rows")
                .sinkTo(new PrintSink<>())
                .uid("print");
    }

    static DataStream<Settlement> settlements(StreamEnvironment env) {
        KeyedStream<String, Order> orders = env.fromSource(
                        new CollectionSource<>(ORDERS),
                        WatermarkStrategy.<Order>forMonotonousTimestamps()
                                .withTimestampAssigner(
                                        (order, ignored) -> order.time().toEpochMilli()),
                        "orders")
                .uid("orders")
                .returns(Order.class)
                .keyBy(Order::id, String.class);
        KeyedStream<String, Payment> payments = env.fromSource(
                        new CollectionSource<>(PAYMENTS),
                        WatermarkStrategy.<Payment>forMonotonousTimestamps()
                                .withTimestampAssigner(
                                        (payment, ignored) -> payment.time().toEpochMilli()),
                        "payments")
                .uid("payments")
                .returns(Payment.class)
                .keyBy(Payment::order, String.class);

        return orders.intervalJoin(payments)
                .between(Duration.ZERO, Duration.ofHours(1))
                .left((order, payment) ->
                        new Settlement(order.id(), order.time(), payment == null ? 0 : payment.euros()))
                .name("settlements")
                .uid("settlements")
                .returns(Settlement.class);
    }

    private static Instant at(String time) {
        return Instant.parse("2026-01-05T" + time + ":00Z");
    }
}
