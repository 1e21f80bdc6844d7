// SPDX-License-Identifier: Apache-2.0
package io.millrace.api.function;

import io.millrace.api.Stable;
import io.millrace.api.state.KeyedStateStore;
import io.millrace.api.stream.OutputTag;
import io.millrace.api.window.Window;

/**
 * Turns what a window holds into results, when it fires.
 *
 * @param <I> what it holds: its records, or the one aggregate
 * @param <O> results
 * @param <K> key
 * @param <W> window
 */
@Stable
@FunctionalInterface
public interface ProcessWindowFunction<I, O, K, W extends Window> extends RichFunction {
    /** What the function can ask and do while it handles a window. Valid during the call only. */
    interface Context<W> {
        W window();

        /** The operator's watermark. */
        long currentWatermark();

        /** The engine's clock, milliseconds since the epoch. */
        long currentProcessingTime();

        /**
         * State of the key and this window. What the function puts there it clears in {@link ProcessWindowFunction#clear}.
         *
         * @throws UnsupportedOperationException when windows merge
         */
        KeyedStateStore windowState();

        /** State of the key, which all its windows share. */
        KeyedStateStore globalState();

        /** Emits to a side output, with the timestamp of the window's results. */
        <X> void output(OutputTag<X> tag, X record);
    }

    /**
     * @param key the window's key
     * @param context the window, and more
     * @param contents its records in order of arrival, or its one aggregate; valid during the call only
     */
    void process(K key, Context<W> context, Iterable<I> contents, Collector<O> out) throws Exception;

    /**
     * The window is gone, whether it fired or not: let go of its state. Not called for windows that last to the end of
     * time.
     */
    default void clear(K key, Context<W> context) throws Exception {}
}
