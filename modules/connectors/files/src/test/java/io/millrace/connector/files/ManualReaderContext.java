// SPDX-License-Identifier: Apache-2.0
package io.millrace.connector.files;

import io.millrace.api.source.SourceReaderContext;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.PriorityQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/** Runs IO tasks and lets time pass only when the test says so. */
final class ManualReaderContext implements SourceReaderContext {
    private record Timer(long atMs, CompletableFuture<Void> due) {}

    final Deque<Runnable> ioTasks = new ArrayDeque<>();
    private final PriorityQueue<Timer> timers =
            new PriorityQueue<>((left, right) -> Long.compare(left.atMs, right.atMs));
    long nowMs = 1_000_000;
    int requests;

    /** Runs one task or else goes to the next timer; false when there is neither. */
    boolean advance() {
        if (!ioTasks.isEmpty()) {
            ioTasks.remove().run();
            return true;
        }
        Timer next = timers.poll();
        if (next == null) {
            return false;
        }
        nowMs = Math.max(nowMs, next.atMs);
        next.due.complete(null);
        return true;
    }

    @Override
    public int subtaskIndex() {
        return 0;
    }

    @Override
    public int parallelism() {
        return 1;
    }

    @Override
    public void sendSplitRequest() {
        requests++;
    }

    @Override
    public Executor ioExecutor() {
        return ioTasks::add;
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
        CompletableFuture<Void> due = new CompletableFuture<>();
        timers.add(new Timer(nowMs + delay.toMillis(), due));
        return due;
    }
}
