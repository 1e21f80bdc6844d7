// SPDX-License-Identifier: Apache-2.0
package io.millrace.api.stream;

import io.millrace.api.Evolving;
import io.millrace.api.JobDefinitionException;
import io.millrace.api.function.AsyncFunction;
import io.millrace.api.function.AsyncRetry;
import io.millrace.api.graph.AsyncSettings;
import io.millrace.api.graph.OperatorSpec;
import io.millrace.api.graph.Partitioning;
import java.time.Duration;
import java.util.Collection;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A stream with an {@link AsyncFunction}, waiting to be told in which order the results go on: {@link #ordered},
 * {@link #unordered} or {@link #orderedByKey} make the operator. Without further settings 100 records are in flight at
 * most, an answer is waited for a minute, and nothing is asked twice.
 *
 * <p>Whatever the order, no result passes a watermark: those of the records before it come before it, those of the
 * records after it come after it.
 *
 * @param <T> the records asked about
 * @param <R> the results
 */
@Evolving
public final class AsyncStream<T, R> {
    private final DataStream<T> input;
    private final AsyncFunction<? super T, R> function;
    private final AsyncSettings settings;

    AsyncStream(DataStream<T> input, AsyncFunction<? super T, R> function, AsyncSettings settings) {
        this.input = input;
        this.function = function;
        this.settings = settings;
    }

    private AsyncStream<T, R> with(AsyncSettings other) {
        return new AsyncStream<>(input, function, other);
    }

    /**
     * Sets the most records in flight in each subtask: asked about, waiting for another attempt, or answered and waiting
     * for their turn. The operator takes no further input before one of them has left; what the record or the source's
     * batch at work becomes on its way through the chain still comes in, but is not asked about before there is room.
     */
    public AsyncStream<T, R> capacity(int records) {
        return with(settings.withCapacity(records));
    }

    /** Sets how long a record may take, from its first call to its answer, attempts and pauses included. */
    public AsyncStream<T, R> timeout(Duration timeout) {
        return with(settings.withTimeout(timeout));
    }

    /** Asks again after failures. */
    public AsyncStream<T, R> retry(AsyncRetry retry) {
        return with(settings.withRetry(retry, null));
    }

    /**
     * Asks again after failures, and after answers for which the predicate says true. The answer to the last attempt is
     * taken as it is.
     */
    public AsyncStream<T, R> retry(AsyncRetry retry, Predicate<? super Collection<R>> onResult) {
        return with(settings.withRetry(retry, ofObjects(onResult)));
    }

    /** Records are objects to the engine. The predicate itself is kept: its class is part of the job's fingerprint. */
    @SuppressWarnings("unchecked")
    private static Predicate<? super Collection<Object>> ofObjects(Predicate<?> onResult) {
        return (Predicate<? super Collection<Object>>) onResult;
    }

    /** The results in the order of the records: one that takes long holds up those after it. */
    public DataStream<R> ordered() {
        return then(AsyncSettings.Order.ORDERED, null);
    }

    /** The results in the order in which they come, but for watermarks. */
    public DataStream<R> unordered() {
        return then(AsyncSettings.Order.UNORDERED, null);
    }

    /**
     * The results of each key in the order of its records; keys do not wait for each other. The records of one key are
     * still asked about at the same time.
     *
     * @throws JobDefinitionException when the stream has no keys
     */
    public DataStream<R> orderedByKey() {
        Partitioning partitioning = input.asInput().partitioning();
        if (!(partitioning instanceof Partitioning.Hash hash)) {
            throw new JobDefinitionException("orderedByKey() keeps the order of each key, but the stream of '"
                    + input.node.name() + "' has no keys: put keyBy(..) right before async(..), or use ordered().");
        }
        return then(AsyncSettings.Order.ORDERED_BY_KEY, hash);
    }

    private DataStream<R> then(AsyncSettings.Order order, Partitioning.@Nullable Hash hash) {
        return input.then(new OperatorSpec.AsyncSpec(
                function, settings.withOrder(order), hash == null ? null : hash.selector(), input.recordType()));
    }
}
