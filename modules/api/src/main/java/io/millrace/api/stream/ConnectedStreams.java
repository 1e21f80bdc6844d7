// SPDX-License-Identifier: Apache-2.0
package io.millrace.api.stream;

import io.millrace.api.JobDefinitionException;
import io.millrace.api.Stable;
import io.millrace.api.function.CoFlatMapFunction;
import io.millrace.api.function.CoMapFunction;
import io.millrace.api.function.CoProcessFunction;
import io.millrace.api.function.KeySelector;
import io.millrace.api.function.KeyedCoProcessFunction;
import io.millrace.api.function.RichFunction;
import io.millrace.api.graph.ConnectSpec;
import io.millrace.api.graph.Partitioning;
import io.millrace.api.graph.StreamInput;
import io.millrace.api.types.TypeHint;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Two streams that one function reads, each with a method of its own. The function's watermark is the lower of both.
 * Between records of the one stream and of the other there is no order. Confined to the defining thread.
 *
 * @param <A> records of the first stream
 * @param <B> records of the second
 */
@Stable
public final class ConnectedStreams<A, B> {
    private final DataStream<A> first;
    private final DataStream<B> second;

    ConnectedStreams(DataStream<A> first, DataStream<B> second) {
        if (first.plan != second.plan) {
            throw new JobDefinitionException("connect() joins streams of one job; " + second.node.name()
                    + " belongs to another environment than " + first.node.name() + ".");
        }
        this.first = first;
        this.second = second;
    }

    /** Groups both streams by the same key: all records of a key meet the same subtask, wherever they come from. */
    public <K> ConnectedStreams<A, B> keyBy(
            KeySelector<? super A, K> ofFirst, KeySelector<? super B, K> ofSecond, Class<K> keyType) {
        return keyBy(ofFirst, ofSecond, TypeHint.of(keyType));
    }

    /** The same, for keys with type arguments. */
    public <K> ConnectedStreams<A, B> keyBy(
            KeySelector<? super A, K> ofFirst, KeySelector<? super B, K> ofSecond, TypeHint<K> keyType) {
        return new ConnectedStreams<>(first.keyBy(ofFirst, keyType), second.keyBy(ofSecond, keyType));
    }

    /** The same, with the key's type taken from the first key. */
    public <K> ConnectedStreams<A, B> keyBy(KeySelector<? super A, K> ofFirst, KeySelector<? super B, K> ofSecond) {
        return new ConnectedStreams<>(first.keyBy(ofFirst), second.keyBy(ofSecond));
    }

    /** One record to one record. */
    public <R> DataStream<R> map(CoMapFunction<? super A, ? super B, ? extends R> function) {
        return with(ConnectSpec.Kind.MAP, function, first.asInput(), second.asInput());
    }

    /** One record to any number of records. */
    public <R> DataStream<R> flatMap(CoFlatMapFunction<? super A, ? super B, R> function) {
        return with(ConnectSpec.Kind.FLAT_MAP, function, first.asInput(), second.asInput());
    }

    /** The general function: any number of records, side outputs. */
    public <R> DataStream<R> process(CoProcessFunction<? super A, ? super B, R> function) {
        return with(ConnectSpec.Kind.PROCESS, function, first.asInput(), second.asInput());
    }

    /**
     * The general function with state and timers for each key, which both streams share. Needs a {@code uid}.
     *
     * @throws JobDefinitionException when not both streams are grouped by key, or by keys of different types
     */
    public <K, R> DataStream<R> process(KeyedCoProcessFunction<K, ? super A, ? super B, R> function) {
        TypeHint<?> ofFirst = hashOf(first).keyType();
        TypeHint<?> ofSecond = hashOf(second).keyType();
        if (ofFirst != null && ofSecond != null && !ofFirst.equals(ofSecond)) {
            throw new JobDefinitionException("The connected streams share the state of their key, but the keys of '"
                    + first.node.name() + "' are " + ofFirst + " and those of '" + second.node.name() + "' are "
                    + ofSecond + ": group both by keys of one type.");
        }
        TypeHint<?> keyType = ofFirst == null ? ofSecond : ofFirst;
        return with(ConnectSpec.Kind.KEYED_PROCESS, function, keyedInput(first, keyType), keyedInput(second, keyType));
    }

    /** Where one of both declares the type of their keys, it is the other's too. */
    private static StreamInput keyedInput(DataStream<?> stream, @Nullable TypeHint<?> keyType) {
        StreamInput input = stream.asInput();
        return new StreamInput(
                input.source(), new Partitioning.Hash(hashOf(stream).selector(), keyType), input.sideOutput());
    }

    private static Partitioning.Hash hashOf(DataStream<?> stream) {
        if (stream.asInput().partitioning() instanceof Partitioning.Hash hash) {
            return hash;
        }
        throw new JobDefinitionException(
                "A KeyedCoProcessFunction works on keys, but '" + stream.node.name()
                        + "' is not grouped by key: put keyBy(..) right before connect(..), or right after it for both streams.");
    }

    private <R> DataStream<R> with(
            ConnectSpec.Kind kind, RichFunction function, StreamInput ofFirst, StreamInput ofSecond) {
        return new DataStream<>(
                first.plan, first.plan.add(new ConnectSpec(kind, function), List.of(ofFirst.as(0), ofSecond.as(1))));
    }
}
