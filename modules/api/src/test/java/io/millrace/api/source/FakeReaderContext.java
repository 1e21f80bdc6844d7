// SPDX-License-Identifier: Apache-2.0
package io.millrace.api.source;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/** A reader's context on a clock that moves when the test says so. */
final class FakeReaderContext implements SourceReaderContext {
    private record Delay(long dueMs, CompletableFuture<Void> done) {}

    private final int parallelism;
    private final List<Delay> delays = new ArrayList<>();
    private long nowMs = 1_000_000;
    int requests;

    FakeReaderContext(int parallelism) {
        this.parallelism = parallelism;
    }

    void advance(long ms) {
        nowMs += ms;
        List<Delay> due = delays.stream().filter(delay -> delay.dueMs <= nowMs).toList();
        delays.removeAll(due);
        due.forEach(delay -> delay.done.complete(null));
    }

    @Override
    public int subtaskIndex() {
        return 0;
    }

    @Override
    public int parallelism() {
        return parallelism;
    }

    @Override
    public void sendSplitRequest() {
        requests++;
    }

    @Override
    public Executor ioExecutor() {
        return Runnable::run;
    }

    @Override
    public Clock clock() {
        return new Clock() {
            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return Instant.ofEpochMilli(nowMs);
            }
        };
    }

    @Override
    public CompletionStage<Void> delay(Duration delay) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        delays.add(new Delay(nowMs + Math.max(1, delay.toMillis()), done));
        return done;
    }
}
