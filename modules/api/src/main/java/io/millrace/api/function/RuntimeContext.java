// SPDX-License-Identifier: Apache-2.0
package io.millrace.api.function;

import io.millrace.api.Stable;
import io.millrace.api.state.KeyedStateStore;
import io.millrace.api.state.ListState;
import io.millrace.api.state.ListStateDescriptor;
import io.millrace.api.state.ValueState;
import io.millrace.api.state.ValueStateDescriptor;

/** Where a function runs, and its state. Confined to the subtask. */
@Stable
public interface RuntimeContext extends KeyedStateStore {
    String jobName();

    String operatorName();

    /** Index of this subtask, from 0. */
    int subtaskIndex();

    /** Number of subtasks of this operator. */
    int parallelism();

    /** Number of this incarnation of the job, from 1; grows with every recovery. */
    long epoch();

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
}
