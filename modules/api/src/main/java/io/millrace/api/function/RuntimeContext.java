// SPDX-License-Identifier: Apache-2.0
package io.millrace.api.function;

import io.millrace.api.Stable;
import io.millrace.api.state.ListState;
import io.millrace.api.state.ListStateDescriptor;
import io.millrace.api.state.ValueState;
import io.millrace.api.state.ValueStateDescriptor;

/** Where a function runs, and its state. Confined to the subtask. */
@Stable
public interface RuntimeContext {
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
    <T> ValueState<T> getState(ValueStateDescriptor<T> descriptor);

    /** The same, for a list. */
    <T> ListState<T> getListState(ListStateDescriptor<T> descriptor);
}
