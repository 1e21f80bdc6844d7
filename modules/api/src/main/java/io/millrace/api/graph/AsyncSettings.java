// SPDX-License-Identifier: Apache-2.0
package io.millrace.api.graph;

import io.millrace.api.Internal;
import io.millrace.api.JobDefinitionException;
import io.millrace.api.function.AsyncRetry;
import java.time.Duration;
import java.util.Collection;
import java.util.Locale;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * How an operator with asynchronous calls goes about them.
 *
 * @param order of the results
 * @param capacity most records in flight
 * @param timeout from a record's first call
 * @param unwanted results that are worth another attempt, or null where none are
 */
@Internal
public record AsyncSettings(
        Order order,
        int capacity,
        Duration timeout,
        AsyncRetry retry,
        @Nullable Predicate<? super Collection<Object>> unwanted) {

    /** The order of the results between two watermarks; none passes a watermark. */
    public enum Order {
        /** That of the records. */
        ORDERED,
        /** That of the records for each key; none among keys. */
        ORDERED_BY_KEY,
        /** That in which they come. */
        UNORDERED
    }

    /** More is no different from it, and would overflow clocks. */
    private static final Duration FOREVER = Duration.ofDays(100 * 365);

    public static final AsyncSettings DEFAULT =
            new AsyncSettings(Order.ORDERED, 100, Duration.ofMinutes(1), AsyncRetry.never(), null);

    public AsyncSettings {
        if (capacity < 1) {
            throw new JobDefinitionException(
                    "The capacity of asynchronous calls is at least 1 record in flight; got " + capacity + ".");
        }
        if (timeout.compareTo(Duration.ofMillis(1)) < 0) {
            throw new JobDefinitionException(
                    "The timeout of asynchronous calls is at least 1 ms; got " + timeout + ".");
        }
        timeout = timeout.compareTo(FOREVER) > 0 ? FOREVER : timeout;
    }

    public AsyncSettings withOrder(Order other) {
        return new AsyncSettings(other, capacity, timeout, retry, unwanted);
    }

    public AsyncSettings withCapacity(int other) {
        return new AsyncSettings(order, other, timeout, retry, unwanted);
    }

    public AsyncSettings withTimeout(Duration other) {
        return new AsyncSettings(order, capacity, other, retry, unwanted);
    }

    public AsyncSettings withRetry(AsyncRetry other, @Nullable Predicate<? super Collection<Object>> onResult) {
        return new AsyncSettings(order, capacity, timeout, other, onResult);
    }

    /** A few words for plans and fingerprints. */
    String details() {
        return order.name().toLowerCase(Locale.ROOT).replace('_', ' ') + ", capacity " + capacity + ", timeout "
                + timeout + ", " + retry;
    }
}
