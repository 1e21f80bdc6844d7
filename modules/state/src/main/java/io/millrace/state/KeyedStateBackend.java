// SPDX-License-Identifier: Apache-2.0
package io.millrace.state;

import io.millrace.api.state.AggregatingState;
import io.millrace.api.state.AggregatingStateDescriptor;
import io.millrace.api.state.ListState;
import io.millrace.api.state.ListStateDescriptor;
import io.millrace.api.state.MapState;
import io.millrace.api.state.MapStateDescriptor;
import io.millrace.api.state.ReducingState;
import io.millrace.api.state.ReducingStateDescriptor;
import io.millrace.api.state.ValueState;
import io.millrace.api.state.ValueStateDescriptor;
import io.millrace.serialization.Codec;
import java.util.List;

/**
 * State of one keyed operator in one subtask. Confined to the subtask, but for {@link StateSnapshot#writeTo}.
 *
 * <p>Before state is used for a record or timer, the engine sets the current key. State names are unique in the
 * operator; names that begin with {@code _} belong to the engine.
 */
public interface KeyedStateBackend extends RecordKeys, AutoCloseable {
    /**
     * What does the same as this backend's own two methods, and is to be kept and called where that happens for each
     * record: it leads to what is specialised for the operator without a detour.
     */
    default RecordKeys recordKeys() {
        return this;
    }

    /** Leaves no key current: whoever uses state then is told. */
    void clearCurrentKey();

    /**
     * Makes each key current, in no particular order, for which a state of the user's holds something, and has an action
     * run; it may change any state of that key. No key is current afterwards.
     *
     * @param state name of a state that was asked for before
     */
    void forEachKey(String state, KeyAction action) throws Exception;

    /** Something that is done for many keys. */
    @FunctionalInterface
    interface KeyAction {
        void run(Object key) throws Exception;
    }

    Object currentKey();

    int currentKeyHash();

    /** The user's state of that name, made at the first call; a later call with another type is an error. */
    <T> ValueState<T> valueState(ValueStateDescriptor<T> descriptor);

    <T> ListState<T> listState(ListStateDescriptor<T> descriptor);

    /**
     * Each entry of the map is an entry of the state, with the map's key for its namespace.
     *
     * @throws io.millrace.serialization.CodecException when the map's keys have no canonical bytes
     */
    <K, V> MapState<K, V> mapState(MapStateDescriptor<K, V> descriptor);

    <T> ReducingState<T> reducingState(ReducingStateDescriptor<T> descriptor);

    <I, A, R> AggregatingState<I, R> aggregatingState(AggregatingStateDescriptor<I, A, R> descriptor);

    /** Engine state with a namespace, such as a window's contents. */
    <N, T> NamespacedValueState<N, T> namespacedValue(String name, Codec<N> namespaceCodec, Codec<T> valueCodec);

    <N, T> NamespacedListState<N, T> namespacedList(String name, Codec<N> namespaceCodec, Codec<T> elementCodec);

    /** The operator's event-time timers of that name. */
    <N> TimerQueue<N> timers(String name, Codec<N> namespaceCodec);

    /**
     * The state as it is now, cheaply: entries are shared with the snapshot and copied when they change afterwards. At
     * most one snapshot is held at a time; the next call waits for none and fails if one is still open.
     */
    StateSnapshot snapshot();

    /**
     * Takes in what a snapshot of this operator held, for the key groups of this subtask; before any other use. Called
     * once for each run where several subtasks wrote the snapshot. Reads to the end and leaves the run open; takes in
     * nothing when that fails.
     *
     * @throws java.io.UncheckedIOException when the run cannot be read or is damaged
     * @throws StateMigrationException when it was written with more key groups than the job has, or when two runs
     *     differ in what they say of a state
     */
    void restore(RunReader run);

    /**
     * Restored states that no function has asked for since. They are kept as they were written, and are part of every
     * snapshot, until they are asked for.
     */
    default List<StateMeta> undeclaredStates() {
        return List.of();
    }

    /** Number of live entries, timers included. */
    long size();

    @Override
    void close();
}
