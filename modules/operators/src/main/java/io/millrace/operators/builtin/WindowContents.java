// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.builtin;

import io.millrace.api.function.AggregateFunction;
import io.millrace.api.function.ReduceFunction;
import io.millrace.serialization.Codec;
import io.millrace.state.KeyedStateBackend;
import io.millrace.state.NamespacedListState;
import io.millrace.state.NamespacedValueState;
import java.util.Collections;
import java.util.List;
import java.util.Objects;

/** What the windows of the current key hold until they fire. */
interface WindowContents<W> {
    String STATE = "_window";

    void add(W window, Object record) throws Exception;

    /** What the window hands to its function: its records in order of arrival, or its one aggregate. */
    List<Object> read(W window) throws Exception;

    void remove(W window);

    /** Records folded into one of their type. */
    final class Reducing<W> implements WindowContents<W> {
        private final ReduceFunction<Object> function;
        private final NamespacedValueState<W, Object> values;

        Reducing(ReduceFunction<Object> function, KeyedStateBackend state, Codec<W> windowCodec, Codec<Object> codec) {
            this.function = function;
            this.values = state.namespacedValue(STATE, windowCodec, codec);
        }

        @Override
        public void add(W window, Object record) throws Exception {
            Object before = values.get(window);
            Object after = before == null ? record : function.reduce(before, record);
            values.put(window, Objects.requireNonNull(after, "The reduce function of a window returned null."));
        }

        @Override
        public List<Object> read(W window) {
            Object value = values.get(window);
            return value == null ? List.of() : List.of(value);
        }

        @Override
        public void remove(W window) {
            values.remove(window);
        }
    }

    /** Records folded into an accumulator, which belongs to the engine and may change in place. */
    final class Aggregating<W> implements WindowContents<W> {
        private final AggregateFunction<Object, Object, Object> function;
        private final NamespacedValueState<W, Object> accumulators;

        Aggregating(
                AggregateFunction<Object, Object, Object> function,
                KeyedStateBackend state,
                Codec<W> windowCodec,
                Codec<Object> codec) {
            this.function = function;
            this.accumulators = state.namespacedValue(STATE, windowCodec, codec);
        }

        @Override
        public void add(W window, Object record) {
            Object before = accumulators.get(window);
            Object after = function.add(record, before == null ? function.createAccumulator() : before);
            accumulators.put(
                    window,
                    Objects.requireNonNull(after, "The aggregate function of a window returned no accumulator."));
        }

        @Override
        public List<Object> read(W window) {
            Object accumulator = accumulators.get(window);
            return accumulator == null ? List.of() : Collections.singletonList(function.getResult(accumulator));
        }

        @Override
        public void remove(W window) {
            accumulators.remove(window);
        }
    }

    /** All records. */
    final class Buffering<W> implements WindowContents<W> {
        private final NamespacedListState<W, Object> records;

        Buffering(KeyedStateBackend state, Codec<W> windowCodec, Codec<Object> codec) {
            this.records = state.namespacedList(STATE, windowCodec, codec);
        }

        @Override
        public void add(W window, Object record) {
            records.add(window, record);
        }

        @Override
        public List<Object> read(W window) {
            return records.get(window);
        }

        @Override
        public void remove(W window) {
            records.remove(window);
        }
    }
}
