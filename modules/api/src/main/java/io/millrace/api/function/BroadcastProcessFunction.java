// SPDX-License-Identifier: Apache-2.0
package io.millrace.api.function;

import io.millrace.api.Stable;
import io.millrace.api.state.BroadcastState;
import io.millrace.api.state.MapStateDescriptor;
import io.millrace.api.state.ReadOnlyBroadcastState;
import io.millrace.api.stream.OutputTag;

/**
 * The general function on a stream and a broadcast one, such as events and the rules for them: each subtask sees its own
 * part of the stream, and all records of the broadcast stream, which it keeps in broadcast state.
 *
 * <p>Between records of the one and of the other there is no order, nor between broadcast records of different senders:
 * an event may come before a rule that was sent earlier. What is done to the broadcast state must depend on nothing but
 * the broadcast records and that state, so that it becomes the same in all subtasks.
 *
 * @param <T> records of the stream
 * @param <B> records of the broadcast stream
 * @param <O> results
 */
@Stable
public abstract class BroadcastProcessFunction<T, B, O> implements RichFunction {
    /** What the function can ask and do while it handles a record of the stream. Valid during the call only. */
    public interface ReadOnlyContext {
        /** The record's event time, or {@link io.millrace.api.time.Timestamps#NONE}. */
        long timestamp();

        /** The operator's watermark. */
        long currentWatermark();

        /** What the clock of the node says, milliseconds since 1970-01-01T00:00Z. */
        long currentProcessingTime();

        /** Emits to a side output, with the record's timestamp. */
        <X> void output(OutputTag<X> tag, X record);

        /**
         * What the broadcast records have left, to be read.
         *
         * @throws IllegalArgumentException when the stream was not broadcast with that descriptor
         */
        <K, V> ReadOnlyBroadcastState<K, V> getBroadcastState(MapStateDescriptor<K, V> descriptor);
    }

    /** The same for a broadcast record, which may change the state. */
    public interface Context extends ReadOnlyContext {
        @Override
        <K, V> BroadcastState<K, V> getBroadcastState(MapStateDescriptor<K, V> descriptor);
    }

    public abstract void processElement(T record, ReadOnlyContext context, Collector<O> out) throws Exception;

    public abstract void processBroadcastElement(B record, Context context, Collector<O> out) throws Exception;
}
