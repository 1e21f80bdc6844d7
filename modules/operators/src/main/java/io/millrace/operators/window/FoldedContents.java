// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.window;

import java.util.List;

/**
 * Contents that are folded into one value, so that a window may be put together from slices of time, which it shares
 * with the windows that overlap it.
 */
abstract class FoldedContents<W> extends WindowContents<W> {
    static final String SLICES = "_slices";

    /** Adds the slices that the current key has, in no order. */
    abstract void addSlicesTo(List<W> slices);

    /** Begins a window. */
    abstract void beginWindow();

    /**
     * Joins a slice to those before; false when there is no such slice.
     *
     * @param last true when no other window will ask for it
     */
    abstract boolean join(W slice, boolean last) throws Exception;

    /** Adds what one window holds to what another does, which comes after it; the first keeps it. */
    abstract void handOn(W from, W to) throws Exception;

    /** What {@link #read} says of a window, for the slices that were joined. */
    abstract List<Object> joined() throws Exception;
}
