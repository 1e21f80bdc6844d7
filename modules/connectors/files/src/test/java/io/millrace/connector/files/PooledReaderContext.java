// SPDX-License-Identifier: Apache-2.0
package io.millrace.connector.files;

import io.millrace.api.source.SourceReaderContext;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** Reads on real threads. */
record PooledReaderContext(Executor ioExecutor) implements SourceReaderContext {
    @Override
    public int subtaskIndex() {
        return 0;
    }

    @Override
    public int parallelism() {
        return 1;
    }

    @Override
    public void sendSplitRequest() {}

    @Override
    public Clock clock() {
        return Clock.systemUTC();
    }

    @Override
    public CompletionStage<Void> delay(Duration delay) {
        return CompletableFuture.runAsync(
                () -> {}, CompletableFuture.delayedExecutor(delay.toMillis(), TimeUnit.MILLISECONDS));
    }
}
