// SPDX-License-Identifier: Apache-2.0
package io.millrace.api.window;

import io.millrace.api.Stable;
import io.millrace.api.types.VersionedSerializer;

/**
 * All records of a key in one window. It never fires by itself: a job has to give it a trigger, and is refused when it is
 * built without one. What the trigger leaves in it stays in state.
 */
@Stable
public final class GlobalWindows<T> extends WindowAssigner<T, GlobalWindow> {
    private final boolean firesAtTheEnd;

    private GlobalWindows(boolean firesAtTheEnd) {
        this.firesAtTheEnd = firesAtTheEnd;
    }

    public static <T> WindowAssigner<T, GlobalWindow> create() {
        return new GlobalWindows<>(false);
    }

    /** Global windows that fire once, when a bounded input has ended. */
    public static <T> WindowAssigner<T, GlobalWindow> createWithEndOfStreamTrigger() {
        return new GlobalWindows<>(true);
    }

    @Override
    public void assignWindows(T record, long timestamp, Context context, WindowCollector<GlobalWindow> out)
            throws Exception {
        out.add(GlobalWindow.get());
    }

    /** The event-time one waits for the last timestamp of all, which is the watermark at the end of the input. */
    @Override
    public Trigger<? super T, ? super GlobalWindow> defaultTrigger() {
        return firesAtTheEnd ? EventTimeTrigger.create() : NeverTrigger.create();
    }

    /** There is no time at which it ends, so it is neither; no record is late. */
    @Override
    public boolean isEventTime() {
        return false;
    }

    @Override
    public VersionedSerializer<GlobalWindow> windowSerializer() {
        return GlobalWindowSerializer.INSTANCE;
    }

    @Override
    public String toString() {
        return "global(" + (firesAtTheEnd ? "fires at the end" : "") + ")";
    }
}
