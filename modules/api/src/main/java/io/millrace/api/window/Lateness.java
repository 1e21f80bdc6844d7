// SPDX-License-Identifier: Apache-2.0
package io.millrace.api.window;

import io.millrace.api.Internal;
import io.millrace.api.Stable;
import io.millrace.api.stream.OutputTag;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a record whose windows have fired already. A window is kept for the time that updates are allowed, and
 * fires again for each record that comes meanwhile; what comes later still is too late: it is dropped and counted, or
 * goes to a side output. Without a choice, late records are dropped and counted. Immutable.
 *
 * @param <T> records
 */
@Stable
public final class Lateness<T> {
    private static final Lateness<?> DROP = new Lateness<>(0, null);

    private final long allowedMs;
    private final @Nullable OutputTag<T> sideOutput;

    private Lateness(long allowedMs, @Nullable OutputTag<T> sideOutput) {
        this.allowedMs = allowedMs;
        this.sideOutput = sideOutput;
    }

    /** Drops late records and counts them: the default. */
    @SuppressWarnings("unchecked") // holds no record's type
    public static <T> Lateness<T> drop() {
        return (Lateness<T>) DROP;
    }

    /** Sends late records to a side output of the window's operator. */
    public static <T> Lateness<T> toSideOutput(OutputTag<T> tag) {
        return new Lateness<>(0, tag);
    }

    /**
     * Updates results: a window is kept until the watermark has passed its last timestamp by {@code allowed}, and fires
     * again for each record that comes after it has fired.
     */
    public static <T> Lateness<T> update(Duration allowed) {
        return Lateness.<T>drop().withUpdates(allowed);
    }

    /** The same, and what comes too late even for that goes to a side output. */
    public Lateness<T> thenToSideOutput(OutputTag<T> tag) {
        return new Lateness<>(allowedMs, tag);
    }

    /** The same with updates for that time. */
    public Lateness<T> withUpdates(Duration allowed) {
        if (allowed.isNegative()) {
            throw new IllegalArgumentException(
                    "The time in which late records update results cannot be negative: " + allowed);
        }
        try {
            return new Lateness<>(allowed.toMillis(), sideOutput);
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException(
                    "The time in which late records update results is more milliseconds than a long holds: " + allowed,
                    e);
        }
    }

    /** For how long after a window's last timestamp records still update its result, milliseconds of event time. */
    @Internal
    public long allowedMs() {
        return allowedMs;
    }

    /** Where records go that are too late, or null to drop and count them. */
    @Internal
    public @Nullable OutputTag<T> sideOutput() {
        return sideOutput;
    }

    /** A few words for plans. */
    @Override
    public String toString() {
        String updates = allowedMs == 0 ? "" : ", updates for " + allowedMs + " ms";
        return updates + (sideOutput == null ? "" : ", late records to '" + sideOutput.name() + "'");
    }
}
