// SPDX-License-Identifier: Apache-2.0
package io.millrace.api.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.DefinitionContext;
import io.millrace.api.JobArguments;
import io.millrace.api.JobDefinitionException;
import io.millrace.api.StreamEnvironment;
import io.millrace.api.function.AsyncFunction;
import io.millrace.api.function.AsyncRetry;
import io.millrace.api.function.RuntimeContext;
import io.millrace.api.graph.AsyncSettings;
import io.millrace.api.graph.OperatorSpec;
import io.millrace.api.graph.Transformation;
import io.millrace.api.types.TypeHint;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class AsyncStreamTest {
    private final StreamEnvironment env = new StreamEnvironment(DefinitionContext.local(JobArguments.of(), 1));
    private final DataStream<Order> orders =
            env.fromElements(new Order(7, "Ann")).returns(Order.class);

    /** Something bought. */
    record Order(long customer, String item) {}

    /** The same, with who bought it. */
    record Enriched(Order order, String customer) {}

    /** A client of a service, as it may be. */
    private static final class Customers {
        CompletableFuture<String> nameOf(long customer) {
            return CompletableFuture.completedFuture("customer " + customer);
        }
    }

    /** Knows only calls that block, so they get threads of their own. */
    private static final class SlowLookup implements AsyncFunction<Order, Enriched> {
        private ExecutorService threads;

        @Override
        public void open(RuntimeContext context) {
            threads = Executors.newFixedThreadPool(4);
        }

        @Override
        public CompletionStage<List<Enriched>> asyncInvoke(Order order) {
            return CompletableFuture.supplyAsync(() -> List.of(new Enriched(order, blockingLookup(order))), threads);
        }

        @Override
        public Collection<Enriched> timeout(Order order) {
            return List.of(new Enriched(order, "unknown"));
        }

        @Override
        public void close() {
            threads.shutdownNow();
        }

        private static String blockingLookup(Order order) {
            return "customer " + order.customer();
        }
    }

    private OperatorSpec.AsyncSpec last() {
        List<Transformation> all = env.logicalPlan().transformations();
        return (OperatorSpec.AsyncSpec) all.get(all.size() - 1).spec();
    }

    @Test
    void theResultsTypeFollowsFromTheFunction() {
        Customers customers = new Customers();
        DataStream<Enriched> enriched = orders.async(order ->
                        customers.nameOf(order.customer()).thenApply(name -> List.of(new Enriched(order, name))))
                .capacity(200)
                .timeout(Duration.ofSeconds(5))
                .retry(AsyncRetry.exponential(Duration.ofMillis(50), Duration.ofSeconds(1), 2, 5)
                        .onException(IOException.class::isInstance))
                .unordered()
                .uid("customers")
                .returns(Enriched.class);

        assertThat(enriched.recordType()).isEqualTo(TypeHint.of(Enriched.class));
        AsyncSettings settings = last().settings();
        assertThat(settings.order()).isEqualTo(AsyncSettings.Order.UNORDERED);
        assertThat(settings.capacity()).isEqualTo(200);
        assertThat(settings.timeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(settings.retry().attempts()).isEqualTo(5);
        assertThat(last().type()).isEqualTo(TypeHint.of(Order.class));
        assertThat(last().stateful()).isTrue();
        assertThat(last().details())
                .isEqualTo("unordered, capacity 200, timeout PT5S, 5 attempts, pauses PT0.05S to PT1S by 2.0");
    }

    @Test
    void asInFlink() {
        AsyncDataStream.orderedWait(orders, new SlowLookup(), 2, TimeUnit.SECONDS, 50);
        assertThat(last().details()).isEqualTo("ordered, capacity 50, timeout PT2S, no retry");
        AsyncDataStream.unorderedWait(orders, new SlowLookup(), 100, TimeUnit.MILLISECONDS, 10);
        assertThat(last().details()).isEqualTo("unordered, capacity 10, timeout PT0.1S, no retry");
    }

    @Test
    void thePredicatesAreFunctionsOfTheJob() {
        Predicate<Collection<Enriched>> unwanted = Collection::isEmpty;
        Predicate<Throwable> failures = IOException.class::isInstance;
        orders.async(new SlowLookup())
                .retry(AsyncRetry.fixed(Duration.ofMillis(1), 2).onException(failures), unwanted)
                .ordered();
        assertThat(last().functions()).contains(unwanted, failures);
    }

    @Test
    void orderByKeyNeedsKeys() {
        orders.keyBy(Order::customer).async(new SlowLookup()).orderedByKey();
        assertThat(last().keyed(0)).isTrue();
        assertThat(last().keySelector()).isNotNull();
        orders.keyBy(Order::customer).async(new SlowLookup()).ordered();
        assertThat(last().keyed(0)).isFalse();
        AsyncStream<Order, Enriched> withoutKeys = orders.async(new SlowLookup());
        assertThatThrownBy(withoutKeys::orderedByKey)
                .isInstanceOf(JobDefinitionException.class)
                .hasMessageContaining("keyBy(..)");
    }

    @Test
    void settingsThatMakeNoSenseAreRefused() {
        AsyncStream<Order, Enriched> calls = orders.async(new SlowLookup());
        assertThatThrownBy(() -> calls.capacity(0)).hasMessageContaining("at least 1 record in flight; got 0");
        assertThatThrownBy(() -> calls.timeout(Duration.ZERO)).hasMessageContaining("at least 1 ms; got PT0S");
        assertThatThrownBy(() -> AsyncRetry.fixed(Duration.ofMillis(1), 1)).hasMessageContaining("at least 2; got 1");
        assertThatThrownBy(() -> AsyncRetry.fixed(Duration.ofMillis(-1), 3)).hasMessageContaining("zero or more");
        assertThatThrownBy(() -> AsyncRetry.exponential(Duration.ofMillis(2), Duration.ofMillis(1), 2, 3))
                .hasMessageContaining("PT0.002S to PT0.001S");
        assertThatThrownBy(() -> AsyncRetry.exponential(Duration.ZERO, Duration.ofDays(2), 2, 3))
                .hasMessageContaining("a day");
        assertThatThrownBy(() -> AsyncRetry.exponential(Duration.ZERO, Duration.ZERO, Double.NaN, 3))
                .hasMessageContaining("got NaN");
    }

    @Test
    void pausesGrowToTheLongest() {
        AsyncRetry retry = AsyncRetry.exponential(Duration.ofMillis(10), Duration.ofMillis(35), 1.5, 2_000);
        assertThat(List.of(retry.pauseAfter(1), retry.pauseAfter(2), retry.pauseAfter(3), retry.pauseAfter(1_999)))
                .extracting(Duration::toMillis)
                .containsExactly(10L, 15L, 22L, 35L);
        assertThat(AsyncRetry.never().attempts()).isEqualTo(1);
    }
}
