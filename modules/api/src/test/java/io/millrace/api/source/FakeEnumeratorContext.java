// SPDX-License-Identifier: Apache-2.0
package io.millrace.api.source;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/** Records what an enumerator does, in order. */
final class FakeEnumeratorContext<S extends SourceSplit> implements SplitEnumeratorContext<S> {
    final List<String> events = new ArrayList<>();
    final List<S> assigned = new ArrayList<>();
    private final int parallelism;

    FakeEnumeratorContext(int parallelism) {
        this.parallelism = parallelism;
    }

    @Override
    public int parallelism() {
        return parallelism;
    }

    @Override
    public void assignSplit(S split, int subtaskIndex) {
        assigned.add(split);
        events.add(split.splitId() + " -> " + subtaskIndex);
    }

    @Override
    public void signalNoMoreSplits(int subtaskIndex) {
        events.add("no more -> " + subtaskIndex);
    }

    @Override
    public <R> void callAsync(Callable<R> call, AsyncHandler<R> handler) {
        throw new AssertionError("Not used by sources whose splits are known");
    }

    @Override
    public <R> void callAsyncPeriodically(
            Callable<R> call, AsyncHandler<R> handler, Duration initialDelay, Duration period) {
        throw new AssertionError("Not used by sources whose splits are known");
    }
}
