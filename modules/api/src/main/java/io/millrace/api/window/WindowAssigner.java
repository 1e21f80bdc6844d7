// SPDX-License-Identifier: Apache-2.0
package io.millrace.api.window;

import io.millrace.api.Internal;
import io.millrace.api.Stable;
import io.millrace.api.types.VersionedSerializer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts records into windows. Immutable; one instance a subtask. */
@Stable
public abstract class WindowAssigner<T, W extends Window> {
    /** Takes the windows of one record. */
    @FunctionalInterface
    public interface WindowCollector<W> {
        void add(W window) throws Exception;
    }

    /** What an assigner can ask. Valid during the call only. */
    @FunctionalInterface
    public interface Context {
        /** The engine's clock, milliseconds since the epoch. */
        long currentProcessingTime();
    }

    /**
     * Hands every window that the record belongs to to {@code out}.
     *
     * @param timestamp the record's event time, or {@link io.millrace.api.time.Timestamps#NONE}
     */
    public abstract void assignWindows(T record, long timestamp, Context context, WindowCollector<W> out)
            throws Exception;

    /** When windows fire where the job does not say: at their last timestamp. */
    public Trigger<? super T, ? super W> defaultTrigger() {
        return isEventTime() ? EventTimeTrigger.create() : ProcessingTimeTrigger.create();
    }

    /**
     * The grid of which a record's windows are those that hold its timestamp, as {@link TimeWindow}s; null where there is
     * no such thing. With a grid the engine finds windows by itself.
     */
    @Internal
    public @Nullable WindowGrid grid() {
        return null;
    }

    /**
     * Of windows that begin together and end one step after the other: the longest of them, with the step as their
     * slide; null for other windows.
     */
    @Internal
    public @Nullable WindowGrid steps() {
        return null;
    }

    /** The gap of event-time sessions, with which the engine finds windows by itself; null for other windows. */
    @Internal
    public @Nullable SessionGap<T> sessionGap() {
        return null;
    }

    /** The user's own objects that the assigner calls; their classes are part of the job's fingerprint. */
    @Internal
    public List<Object> functions() {
        return List.of();
    }

    /**
     * True when windows end by event time: they are kept until the watermark has passed them, and a record may be late
     * for them.
     */
    public abstract boolean isEventTime();

    /** How windows are written into state. */
    public abstract VersionedSerializer<W> windowSerializer();

    /** A few words for plans, the same for equal assigners. */
    @Override
    public abstract String toString();
}
