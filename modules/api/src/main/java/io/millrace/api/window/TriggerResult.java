// SPDX-License-Identifier: Apache-2.0
package io.millrace.api.window;

import io.millrace.api.Stable;

/** What a trigger says of a window. */
@Stable
public enum TriggerResult {
    /** Nothing yet. */
    CONTINUE(false, false),
    /** Emit the window's result, and keep what it holds. */
    FIRE(true, false),
    /** Throw away what it holds, without a result. */
    PURGE(false, true),
    /** Emit the result, then throw away what it holds. */
    FIRE_AND_PURGE(true, true);

    private final boolean fire;
    private final boolean purge;

    TriggerResult(boolean fire, boolean purge) {
        this.fire = fire;
        this.purge = purge;
    }

    public boolean isFire() {
        return fire;
    }

    public boolean isPurge() {
        return purge;
    }
}
