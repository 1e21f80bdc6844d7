// SPDX-License-Identifier: Apache-2.0
package io.millrace.api.state;

import io.millrace.api.Stable;

/** Where functions get their state from. Confined to the subtask. */
@Stable
public interface KeyedStateStore {
    /**
     * State of the current key. Only for functions on a keyed stream.
     *
     * @throws IllegalStateException when the stream is not keyed
     */
    <T> ValueState<T> getState(ValueStateDescriptor<T> descriptor);

    /** The same, for a list. */
    <T> ListState<T> getListState(ListStateDescriptor<T> descriptor);

    /** The same, for a map. */
    <K, V> MapState<K, V> getMapState(MapStateDescriptor<K, V> descriptor);

    /** The same, for a value that is combined from all that is added. */
    <T> ReducingState<T> getReducingState(ReducingStateDescriptor<T> descriptor);

    /** The same, for an accumulator. */
    <I, A, R> AggregatingState<I, R> getAggregatingState(AggregatingStateDescriptor<I, A, R> descriptor);
}
