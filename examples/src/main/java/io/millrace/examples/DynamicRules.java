// SPDX-License-Identifier: Apache-2.0
package io.millrace.examples;

import io.millrace.api.StreamEnvironment;
import io.millrace.api.StreamJob;
import io.millrace.api.function.Collector;
import io.millrace.api.function.KeyedBroadcastProcessFunction;
import io.millrace.api.function.RuntimeContext;
import io.millrace.api.sink.PrintSink;
import io.millrace.api.source.GeneratorSource;
import io.millrace.api.state.MapStateDescriptor;
import io.millrace.api.state.ValueState;
import io.millrace.api.state.ValueStateDescriptor;
import io.millrace.api.stream.BroadcastStream;
import io.millrace.api.stream.DataStream;
import io.millrace.api.time.WatermarkStrategy;
import java.util.List;
import java.util.Map;

/**
 * A shop's offers, which are sent while the job runs: a voucher for each customer who has bought for so much. A new offer
 * holds at once for the customers that the job knows already (the function goes through the state of all keys), and for
 * the others as soon as they get there. Each customer gets the voucher of each offer once.
 *
 * <p>Arguments: {@code --purchases N} (default 400), {@code --rate R} purchases a second (default 100; an offer comes
 * after every 100 purchases' time).
 */
public final class DynamicRules implements StreamJob {
    record Purchase(String customer, long euros) {}

    record Offer(String voucher, long euros) {}

    record Voucher(String customer, String voucher) {}

    static final List<Offer> OFFERS =
            List.of(new Offer("coffee", 500), new Offer("cake", 900), new Offer("breakfast for two", 1_500));

    private static final MapStateDescriptor<String, Offer> OFFER_STATE =
            new MapStateDescriptor<>("offers", String.class, Offer.class);
    private static final List<String> CUSTOMERS = List.of("ann", "bob", "cat", "dan", "eve", "fay", "guy", "hal");

    public static void main(String[] args) throws Exception {
        LocalRun.of(DynamicRules.class, args);
    }

    @Override
    public void define(StreamEnvironment env) {
        vouchers(env)
                .map(voucher -> voucher.customer() + " gets a voucher: " + voucher.voucher())
                .uid("rows")
                .sinkTo(new PrintSink<>())
                .uid("print");
    }

    static DataStream<Voucher> vouchers(StreamEnvironment env) {
        long count = env.args().getLong("purchases", 400);
        double rate = env.args().getDouble("rate", 100);
        BroadcastStream<Offer> offers = env.fromSource(
                        GeneratorSource.of(i -> OFFERS.get((int) i), OFFERS.size(), Offer.class)
                                .withRate(rate / 100),
                        WatermarkStrategy.noWatermarks(),
                        "offers")
                .uid("offers")
                .broadcast(OFFER_STATE);

        return env.fromSource(
                        GeneratorSource.of(DynamicRules::purchase, count, Purchase.class)
                                .withRate(rate),
                        WatermarkStrategy.noWatermarks(),
                        "purchases")
                .uid("purchases")
                .keyBy(Purchase::customer, String.class)
                .connect(offers)
                .process(new GiveVouchers())
                .name("vouchers")
                .uid("vouchers")
                .returns(Voucher.class);
    }

    private static final class GiveVouchers extends KeyedBroadcastProcessFunction<String, Purchase, Offer, Voucher> {
        private static final ValueStateDescriptor<Long> TOTAL = new ValueStateDescriptor<>("total", Long.class);

        private ValueState<Long> total;

        @Override
        public void open(RuntimeContext context) {
            total = context.getState(TOTAL);
        }

        @Override
        public void processElement(Purchase purchase, ReadOnlyContext<String> context, Collector<Voucher> out) {
            long before = total.value() == null ? 0 : total.value();
            long now = before + purchase.euros();
            total.update(now);
            for (Map.Entry<String, Offer> entry :
                    context.getBroadcastState(OFFER_STATE).immutableEntries()) {
                Offer offer = entry.getValue();
                if (before < offer.euros() && now >= offer.euros()) {
                    out.collect(new Voucher(purchase.customer(), offer.voucher()));
                }
            }
        }

        @Override
        public void processBroadcastElement(Offer offer, Context<String> context, Collector<Voucher> out)
                throws Exception {
            context.getBroadcastState(OFFER_STATE).put(offer.voucher(), offer);
            context.applyToKeyedState(TOTAL, (customer, theirTotal) -> {
                Long soFar = theirTotal.value();
                if (soFar != null && soFar >= offer.euros()) {
                    out.collect(new Voucher(customer, offer.voucher()));
                }
            });
        }
    }

    /** Some customers buy more than others. */
    static Purchase purchase(long index) {
        int customer = (int) (index % CUSTOMERS.size());
        return new Purchase(CUSTOMERS.get(customer), 5L * customer + index % 11);
    }
}
