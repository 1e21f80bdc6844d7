// SPDX-License-Identifier: Apache-2.0
package io.millrace.api.window;

import io.millrace.api.Stable;
import io.millrace.api.time.Timestamps;
import org.jspecify.annotations.Nullable;

/** The one window that holds all records of a key, and that no time ends. */
@Stable
public final class GlobalWindow implements Window {
    private static final GlobalWindow INSTANCE = new GlobalWindow();

    private GlobalWindow() {}

    public static GlobalWindow get() {
        return INSTANCE;
    }

    /** {@link Timestamps#END}. */
    @Override
    public long maxTimestamp() {
        return Timestamps.END;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof GlobalWindow;
    }

    @Override
    public int hashCode() {
        return 0;
    }

    @Override
    public String toString() {
        return "GlobalWindow";
    }
}
