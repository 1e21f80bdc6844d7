// SPDX-License-Identifier: Apache-2.0
package io.millrace.api.function;

import io.millrace.api.Stable;
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
    /**
     * @param key the window's key
     * @param window the window
     * @param contents its records in order of arrival, or its one aggregate; valid during the call only
     */
    void process(K key, W window, Iterable<I> contents, Collector<O> out) throws Exception;
}
