// SPDX-License-Identifier: Apache-2.0
package io.millrace.api.stream;

import io.millrace.api.JobDefinitionException;
import io.millrace.api.Stable;
import io.millrace.api.function.BroadcastProcessFunction;
import io.millrace.api.function.KeyedBroadcastProcessFunction;
import io.millrace.api.function.RichFunction;
import io.millrace.api.graph.BroadcastSpec;
import io.millrace.api.graph.OperatorSpec;
import io.millrace.api.graph.Partitioning;
import java.util.List;

/**
 * A stream and a broadcast one, which one function reads. The function's watermark is the lower of both. Its operator
 * keeps the broadcast state and so needs a {@code uid}. Confined to the defining thread.
 *
 * @param <T> records of the stream
 * @param <B> records of the broadcast stream
 */
@Stable
public final class BroadcastConnectedStream<T, B> {
    private final DataStream<T> stream;
    private final BroadcastStream<B> broadcast;

    BroadcastConnectedStream(DataStream<T> stream, BroadcastStream<B> broadcast) {
        if (stream.plan != broadcast.stream.plan) {
            throw new JobDefinitionException("connect() joins streams of one job; " + broadcast.stream.node.name()
                    + " belongs to another environment than " + stream.node.name() + ".");
        }
        this.stream = stream;
        this.broadcast = broadcast;
    }

    /** The general function on a stream without keys. */
    public <R> DataStream<R> process(BroadcastProcessFunction<? super T, ? super B, R> function) {
        return with(function, false);
    }

    /**
     * The general function with state and timers for each key of the stream.
     *
     * @throws JobDefinitionException when the stream is not grouped by key
     */
    public <K, R> DataStream<R> process(KeyedBroadcastProcessFunction<K, ? super T, ? super B, R> function) {
        if (!(stream.asInput().partitioning() instanceof Partitioning.Hash)) {
            throw new JobDefinitionException("A KeyedBroadcastProcessFunction works on keys, but '"
                    + stream.node.name() + "' is not grouped by key: put keyBy(..) right before connect(..), or use a"
                    + " BroadcastProcessFunction.");
        }
        return with(function, true);
    }

    private <R> DataStream<R> with(RichFunction function, boolean keyed) {
        OperatorSpec spec = new BroadcastSpec(function, keyed, broadcast.states);
        return new DataStream<>(
                stream.plan,
                stream.plan.add(
                        spec,
                        List.of(
                                stream.asInput().as(0),
                                broadcast.stream.asInput().as(1))));
    }
}
