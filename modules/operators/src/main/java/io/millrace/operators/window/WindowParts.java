// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.window;

import io.millrace.api.window.Trigger;
import io.millrace.api.window.TriggerResult;
import io.millrace.api.window.Window;
import io.millrace.api.window.WindowAssigner;
import org.jspecify.annotations.Nullable;

/**
 * What windows with triggers are made of, and what is done to one of them.
 *
 * @param merged the windows of each key, or null where they do not merge
 * @param keepsTimestamps true when contents are records with their timestamps, for an evictor
 */
record WindowParts<W extends Window>(
        WindowAssigner<Object, W> assigner,
        Trigger<Object, W> trigger,
        WindowContents<W> contents,
        WindowTimers<W> timers,
        TriggerContext<W> triggers,
        WindowFiring<W> firing,
        @Nullable MergedWindows<W> merged,
        boolean keepsTimestamps) {
    /** Does what the trigger said, for the window of the current key. */
    void act(TriggerResult result, W window, W held) throws Exception {
        if (result.isFire()) {
            firing.fire(window, held);
        }
        if (result.isPurge()) {
            contents.remove(held);
        }
    }

    /** The window is over. */
    void clear(W window, W held) throws Exception {
        contents.remove(held);
        trigger.clear(window, triggers.of(window));
        firing.clear(window);
        if (merged != null) {
            merged.remove(window);
        }
    }
}
