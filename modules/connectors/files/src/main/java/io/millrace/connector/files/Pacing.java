// SPDX-License-Identifier: Apache-2.0
package io.millrace.connector.files;

import io.millrace.api.source.SourceReaderContext;
import io.millrace.api.time.TimestampAssigner;
import io.millrace.api.time.Timestamps;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * When a record may be emitted: event time t not before (t - t0) / speedup of wall time after the reader began to emit,
 * where t0 is the earliest event time among the records that its splits begin with. Without an assigner always. One a
 * reader; confined to the subtask, but for what a timer clears.
 */
final class Pacing<T> {
    /** How a source paces its readers; no assigner or an infinite speedup is full speed. */
    record Rule<T>(@Nullable TimestampAssigner<T> assigner, double speedup) {
        boolean isFullSpeed() {
            return assigner == null || !(speedup > 0) || Double.isInfinite(speedup);
        }
    }

    private static final long NEVER = Long.MAX_VALUE;

    private final Clock clock;
    private final @Nullable TimestampAssigner<T> assigner;
    private final double speedup;
    private boolean started;
    private long startMs;
    private long firstEventMs = Long.MAX_VALUE;
    private long nextDueMs = NEVER;
    /** When the last timer goes off; 0 once it has, written by its thread. */
    private volatile long wakeAtMs;

    Pacing(Rule<T> rule, Clock clock) {
        this.clock = clock;
        this.assigner = rule.isFullSpeed() ? null : rule.assigner();
        this.speedup = rule.speedup();
        this.started = rule.isFullSpeed();
    }

    boolean started() {
        return started;
    }

    /** Takes the first record of a split into account; before {@link #start}. */
    void consider(T record) {
        if (assigner != null) {
            firstEventMs = Math.min(firstEventMs, assigner.extractTimestamp(record, Timestamps.NONE));
        }
    }

    void start() {
        started = true;
        startMs = clock.millis();
    }

    /** Whether the record may be emitted now; if not, it is remembered for {@link #wakeWhenDue}. */
    boolean isDue(T record) {
        if (assigner == null) {
            return true;
        }
        long eventMs = assigner.extractTimestamp(record, Timestamps.NONE);
        long dueMs = startMs + (long) Math.ceil((eventMs - firstEventMs) / speedup);
        if (dueMs <= clock.millis()) {
            return true;
        }
        nextDueMs = Math.min(nextDueMs, dueMs);
        return false;
    }

    /** Forgets what was not due; the splits are asked again. */
    void beginRound() {
        nextDueMs = NEVER;
    }

    /** Runs {@code wake} when the first record that was not due will be, unless an earlier call does so already. */
    void wakeWhenDue(SourceReaderContext context, Runnable wake) {
        long nowMs = clock.millis();
        boolean waiting = wakeAtMs != 0 && wakeAtMs <= nextDueMs;
        if (nextDueMs == NEVER || waiting) {
            return;
        }
        wakeAtMs = nextDueMs;
        context.delay(Duration.ofMillis(Math.max(1, nextDueMs - nowMs))).thenRun(() -> {
            wakeAtMs = 0;
            wake.run();
        });
    }
}
