// SPDX-License-Identifier: Apache-2.0
package io.millrace.examples;

import io.millrace.api.StreamEnvironment;
import io.millrace.api.StreamJob;
import io.millrace.api.function.AsyncFunction;
import io.millrace.api.function.AsyncRetry;
import io.millrace.api.sink.PrintSink;
import io.millrace.api.source.GeneratorSource;
import io.millrace.api.stream.AsyncStream;
import io.millrace.api.stream.DataStream;
import io.millrace.api.time.WatermarkStrategy;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * Looks up the customer of each order in a slow service, 20 orders at a time. Where the service fails it is asked again;
 * where it does not answer within a second, the order goes on without a name.
 *
 * <p>Arguments: {@code --orders N} (default 30), {@code --unordered} (results as they come, not in the orders' order).
 */
public final class AsyncEnrichment implements StreamJob {
    record Order(long id, long customer) {}

    record NamedOrder(long id, String customer) {}

    public static void main(String[] args) throws Exception {
        LocalRun.of(AsyncEnrichment.class, args);
    }

    @Override
    public void define(StreamEnvironment env) {
        namedOrders(env)
                .map(order -> "order " + order.id() + " is " + order.customer() + "'s")
                .uid("rows")
                .sinkTo(new PrintSink<>())
                .uid("print");
    }

    static DataStream<NamedOrder> namedOrders(StreamEnvironment env) {
        long count = env.args().getLong("orders", 30);
        AsyncStream<Order, NamedOrder> lookups = env.fromSource(
                        GeneratorSource.of(AsyncEnrichment::order, count, Order.class),
                        WatermarkStrategy.noWatermarks(),
                        "orders")
                .uid("orders")
                .async(new CustomerLookup())
                .capacity(20)
                .timeout(Duration.ofSeconds(1))
                .retry(AsyncRetry.exponential(Duration.ofMillis(20), Duration.ofMillis(500), 2, 4)
                        .onException(error -> error instanceof IOException));
        return (env.args().flag("unordered") ? lookups.unordered() : lookups.ordered())
                .name("customers")
                .uid("customers")
                .returns(NamedOrder.class);
    }

    static Order order(long index) {
        return new Order(index + 1, (index + 1) % 7);
    }

    private static final class CustomerLookup implements AsyncFunction<Order, NamedOrder> {
        private final CustomerService service = new CustomerService();

        @Override
        public CompletionStage<List<NamedOrder>> asyncInvoke(Order order) {
            return service.nameOf(order.customer()).thenApply(name -> List.of(new NamedOrder(order.id(), name)));
        }

        @Override
        public Collection<NamedOrder> timeout(Order order) {
            return List.of(new NamedOrder(order.id(), "somebody"));
        }
    }

    /** Stands for a service far away: slow, at first out of order for customer 3, and silent about customer 6. */
    private static final class CustomerService {
        private static final List<String> NAMES = List.of("Ann", "Bob", "Cat", "Dan", "Eve", "Fay", "Guy");

        private final Set<Long> failed = new HashSet<>();

        private CompletionStage<String> nameOf(long customer) {
            if (customer == 6) {
                return new CompletableFuture<>();
            }
            if (customer == 3 && failed.add(customer)) {
                return CompletableFuture.failedFuture(new IOException("The service is out of order"));
            }
            Executor later = CompletableFuture.delayedExecutor(50 + 30 * customer, TimeUnit.MILLISECONDS);
            return CompletableFuture.supplyAsync(() -> NAMES.get((int) customer), later);
        }
    }
}
