// SPDX-License-Identifier: Apache-2.0
package io.millrace.api.function;

import io.millrace.api.Stable;
import io.millrace.api.window.Window;

/**
 * Turns what a window of a stream without keys holds into results, when it fires.
 *
 * @param <I> what it holds: its records, or the one aggregate
 * @param <O> results
 * @param <W> window
 */
@Stable
@FunctionalInterface
public interface ProcessAllWindowFunction<I, O, W extends Window> extends RichFunction {
    /**
     * @param context the window, and more
     * @param contents its records in order of arrival, or its one aggregate; valid during the call only
     */
    void process(ProcessWindowFunction.Context<W> context, Iterable<I> contents, Collector<O> out) throws Exception;

    /** The window is gone: let go of its state. */
    default void clear(ProcessWindowFunction.Context<W> context) throws Exception {}
}
