// SPDX-License-Identifier: Apache-2.0
package io.millrace.api.function;

import io.millrace.api.Stable;
import io.millrace.api.state.AggregatingState;
import io.millrace.api.state.AggregatingStateDescriptor;
import io.millrace.api.state.KeyedStateStore;
import io.millrace.api.state.ListState;
import io.millrace.api.state.ListStateDescriptor;
import io.millrace.api.state.MapState;
import io.millrace.api.state.MapStateDescriptor;
import io.millrace.api.state.ReducingState;
import io.millrace.api.state.ReducingStateDescriptor;
import io.millrace.api.state.ValueState;
import io.millrace.api.state.ValueStateDescriptor;

/** Where a function runs, and its state. Confined to the subtask. */
@Stable
public interface RuntimeContext extends KeyedStateStore {
    /** The job's id; the same in all its epochs. */
    String jobId();

    String jobName();

    String operatorName();

    /** The stable id of the operator: the uid where the job sets one. */
    String operatorUid();

    /** Index of this subtask, from 0. */
    int subtaskIndex();

    /** Number of subtasks of this operator. */
    int parallelism();

    /** Number of key groups of the job: the most subtasks that a keyed operator can have. */
    int maxParallelism();

    /** Number of this incarnation of the job, from 1; grows with every recovery. */
    long epoch();

    /**
     * Something that the host of the job has registered for its functions, such as a client or a connection pool: with
     * {@code Millrace.get(system).withService(..)} where the service starts, on each node and before jobs are submitted.
     * All subtasks of the node share it, so it must be thread-safe, and it is the host that closes it. What a function
     * remembers of it is no state.
     *
     * @param type the class or interface under which it was registered
     * @throws IllegalStateException when there is none
     */
    <S> S service(Class<S> type);

    /**
     * State of the current key. Only for functions on a keyed stream.
     *
     * @throws IllegalStateException when the stream is not keyed
     */
    @Override
    <T> ValueState<T> getState(ValueStateDescriptor<T> descriptor);

    /** The same, for a list. */
    @Override
    <T> ListState<T> getListState(ListStateDescriptor<T> descriptor);

    /** The same, for a map. */
    @Override
    <K, V> MapState<K, V> getMapState(MapStateDescriptor<K, V> descriptor);

    /** The same, for a value that is combined from all that is added. */
    @Override
    <T> ReducingState<T> getReducingState(ReducingStateDescriptor<T> descriptor);

    /** The same, for an accumulator. */
    @Override
    <I, A, R> AggregatingState<I, R> getAggregatingState(AggregatingStateDescriptor<I, A, R> descriptor);

    /**
     * A list of this subtask's own, on a stream with or without keys; to be asked for in {@code open}. After a recovery
     * each subtask has its list back. Where the number of subtasks has changed, all elements are dealt out again: each
     * is in one subtask's list, and the lists are of the same length but for one element.
     *
     * @throws IllegalStateException when it is asked for after {@code open}, or the operator has no uid
     */
    <T> ListState<T> getOperatorListState(ListStateDescriptor<T> descriptor);

    /**
     * The same, but after a recovery each subtask finds the elements of all subtasks, by their index; it is to keep what
     * concerns it and remove the rest, or each recovery multiplies them. Meant for few elements: all subtasks read all.
     */
    <T> ListState<T> getUnionListState(ListStateDescriptor<T> descriptor);
}
