// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.source;

import io.millrace.api.source.SourceReaderContext;
import io.millrace.operators.OperatorContext;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/** What a reader sees of its operator. */
final class ReaderContext implements SourceReaderContext {
    private final OperatorContext context;

    ReaderContext(OperatorContext context) {
        this.context = context;
    }

    @Override
    public int subtaskIndex() {
        return context.subtaskIndex();
    }

    @Override
    public int parallelism() {
        return context.parallelism();
    }

    @Override
    public void sendSplitRequest() {
        context.requestSplit();
    }

    @Override
    public Executor ioExecutor() {
        return context.ioExecutor();
    }

    @Override
    public Clock clock() {
        return context.clock();
    }

    @Override
    public CompletionStage<Void> delay(Duration delay) {
        return context.delay(delay);
    }
}
