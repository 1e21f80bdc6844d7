// SPDX-License-Identifier: Apache-2.0
package io.millrace.api.window;

import io.millrace.api.Stable;
import java.util.List;

/**
 * Gives each record a window of its own, and joins windows of a key that belong together. What the joined windows hold
 * becomes one, in the order in which {@link #mergeWindows} names them, and the record that joined them comes last.
 */
@Stable
public abstract class MergingWindowAssigner<T, W extends Window> extends WindowAssigner<T, W> {
    /** Takes windows that are to be one. */
    @FunctionalInterface
    public interface MergeCallback<W> {
        /**
         * @param merged at least two windows, in the order in which their contents are joined
         * @param result the window in their place
         */
        void merge(List<W> merged, W result) throws Exception;
    }

    /**
     * Says which of a key's windows become one; no window is named twice.
     *
     * @param windows all different, in no order
     */
    public abstract void mergeWindows(List<W> windows, MergeCallback<W> callback) throws Exception;
}
