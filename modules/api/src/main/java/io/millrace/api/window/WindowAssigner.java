// SPDX-License-Identifier: Apache-2.0
package io.millrace.api.window;

import io.millrace.api.Internal;
import io.millrace.api.Stable;
import io.millrace.api.types.VersionedSerializer;
import org.jspecify.annotations.Nullable;

/** Puts records into windows. Immutable; one instance a subtask. */
@Stable
public abstract class WindowAssigner<T, W extends Window> {
    /** Takes the windows of one record. */
    @FunctionalInterface
    public interface WindowCollector<W> {
        void add(W window) throws Exception;
    }

    /** Hands every window that the record belongs to to {@code out}. */
    public abstract void assignWindows(T record, long timestamp, WindowCollector<W> out) throws Exception;

    /**
     * The grid of which a record's windows are those that hold its timestamp, as {@link TimeWindow}s; null where there is
     * no such thing. With a grid the engine finds windows by itself.
     */
    @Internal
    public @Nullable WindowGrid grid() {
        return null;
    }

    /** True when windows fire by event time. */
    public abstract boolean isEventTime();

    /** How windows are written into state. */
    public abstract VersionedSerializer<W> windowSerializer();

    /** A few words for plans, the same for equal assigners. */
    @Override
    public abstract String toString();
}
