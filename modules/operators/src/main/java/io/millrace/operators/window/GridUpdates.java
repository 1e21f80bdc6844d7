// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.window;

import io.millrace.api.window.TimeWindow;
import io.millrace.api.window.WindowGrid;

/** Has the windows fire again that have fired and are kept, for a record that came late. */
final class GridUpdates {
    /** Those who fire windows. */
    interface Windows {
        /** Fires a window of the current key, which has fired before or held nothing then. */
        void fireAgain(TimeWindow window) throws Exception;
    }

    private final long size;
    private final long slide;
    private final SliceCursor cursor;
    private final Windows windows;

    GridUpdates(WindowGrid grid, SliceCursor cursor, Windows windows) {
        this.size = grid.size();
        this.slide = grid.slide();
        this.cursor = cursor;
        this.windows = windows;
    }

    /** Those of the cursor's slice: the latest first, as an assigner names them. */
    void fire(long watermark) throws Exception {
        long due = cursor.lastTimestamp;
        if (due > watermark) {
            due -= ((due - watermark - 1) / slide + 1) * slide;
        }
        while (due >= cursor.firstDue && cursor.goneAt(due) > watermark) {
            windows.fireAgain(cursor.span(due + 1 - size, due + 1));
            due -= slide;
        }
    }
}
