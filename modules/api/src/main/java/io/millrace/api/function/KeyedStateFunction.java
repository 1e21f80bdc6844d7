// SPDX-License-Identifier: Apache-2.0
package io.millrace.api.function;

import io.millrace.api.Stable;

/**
 * What is done to the state of every key.
 *
 * @param <K> key
 * @param <S> the state, such as {@code ValueState<Long>}
 */
@Stable
@FunctionalInterface
public interface KeyedStateFunction<K, S> {
    /** Called once for each key that holds something in the state; may read, change and clear it. */
    void process(K key, S state) throws Exception;
}
