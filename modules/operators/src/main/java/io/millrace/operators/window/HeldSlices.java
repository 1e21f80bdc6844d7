// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.window;

import io.millrace.api.window.TimeWindow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The slices that a key has in a window. Where windows are made of many slices most keys have few of them: looking for
 * each would cost a seldom seen key the square of what its windows overlap. Confined to one subtask.
 */
final class HeldSlices {
    private static final Comparator<TimeWindow> BY_START = Comparator.comparingLong(TimeWindow::start);

    private final List<TimeWindow> slices = new ArrayList<>();

    /** Those of the current key that lie in the window, in the order of time; valid until the next call. */
    List<TimeWindow> in(TimeWindow window, FoldedContents<TimeWindow> contents) {
        slices.clear();
        contents.addSlicesTo(slices);
        slices.removeIf(slice -> slice.start() < window.start() || slice.end() > window.end());
        slices.sort(BY_START);
        return slices;
    }
}
