// SPDX-License-Identifier: Apache-2.0
package io.millrace.api.source;

import io.millrace.api.Stable;
import java.time.Duration;
import java.util.concurrent.Callable;

/** What an enumerator can do. Confined to the enumerator's logical thread. */
@Stable
public interface SplitEnumeratorContext<S extends SourceSplit> {
    /** Takes the outcome of an asynchronous call: exactly one of both is null. */
    @FunctionalInterface
    interface AsyncHandler<R> {
        void handle(@org.jspecify.annotations.Nullable R result, @org.jspecify.annotations.Nullable Throwable error)
                throws Exception;
    }

    /** Number of readers. */
    int parallelism();

    /** Hands a split to a reader. */
    void assignSplit(S split, int subtaskIndex);

    /** Tells a reader that it will get no more splits. */
    void signalNoMoreSplits(int subtaskIndex);

    /** Runs {@code call} on an IO thread, then {@code handler} on the enumerator's thread. */
    <R> void callAsync(Callable<R> call, AsyncHandler<R> handler);

    /** The same again and again, {@code period} after the last handler returned. */
    <R> void callAsyncPeriodically(Callable<R> call, AsyncHandler<R> handler, Duration initialDelay, Duration period);
}
