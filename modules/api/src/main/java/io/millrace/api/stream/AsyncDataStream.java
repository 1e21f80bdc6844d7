// SPDX-License-Identifier: Apache-2.0
package io.millrace.api.stream;

import io.millrace.api.Evolving;
import io.millrace.api.function.AsyncFunction;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Asynchronous calls in the words of Flink; {@link DataStream#async} has the same and more. */
@Evolving
public final class AsyncDataStream {
    private AsyncDataStream() {}

    /** See {@link AsyncStream#unordered}, {@link AsyncStream#timeout} and {@link AsyncStream#capacity}. */
    public static <T, R> DataStream<R> unorderedWait(
            DataStream<T> stream, AsyncFunction<? super T, R> function, long timeout, TimeUnit unit, int capacity) {
        return calls(stream, function, timeout, unit, capacity).unordered();
    }

    /** See {@link AsyncStream#ordered}, {@link AsyncStream#timeout} and {@link AsyncStream#capacity}. */
    public static <T, R> DataStream<R> orderedWait(
            DataStream<T> stream, AsyncFunction<? super T, R> function, long timeout, TimeUnit unit, int capacity) {
        return calls(stream, function, timeout, unit, capacity).ordered();
    }

    private static <T, R> AsyncStream<T, R> calls(
            DataStream<T> stream, AsyncFunction<? super T, R> function, long timeout, TimeUnit unit, int capacity) {
        return stream.<R>async(function)
                .timeout(Duration.of(timeout, unit.toChronoUnit()))
                .capacity(capacity);
    }
}
