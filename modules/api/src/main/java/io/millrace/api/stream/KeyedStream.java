// SPDX-License-Identifier: Apache-2.0
package io.millrace.api.stream;

import io.millrace.api.Stable;
import io.millrace.api.function.KeySelector;
import io.millrace.api.function.KeyedProcessFunction;
import io.millrace.api.function.ReduceFunction;
import io.millrace.api.graph.OperatorSpec;
import io.millrace.api.graph.Partitioning;
import io.millrace.api.types.TypeHint;
import io.millrace.api.window.CountEvictor;
import io.millrace.api.window.CountTrigger;
import io.millrace.api.window.GlobalWindow;
import io.millrace.api.window.GlobalWindows;
import io.millrace.api.window.PurgingTrigger;
import io.millrace.api.window.Window;
import io.millrace.api.window.WindowAssigner;
import java.util.function.Function;
import java.util.function.LongBinaryOperator;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** A stream whose records are grouped by key; its operators keep state for each key and need a {@code uid}. */
@Stable
public final class KeyedStream<K, T> extends DataStream<T> {
    private final KeySelector<? super T, K> selector;

    KeyedStream(DataStream<T> input, KeySelector<? super T, K> selector, @Nullable TypeHint<K> keyType) {
        super(
                input.plan,
                input.node,
                new Partitioning.Hash(selector, keyType),
                input.asInput().sideOutput() == null ? null : sideOutputOf(input));
        this.selector = selector;
    }

    @SuppressWarnings("unchecked")
    private static <T> @Nullable OutputTag<T> sideOutputOf(DataStream<T> input) {
        return (OutputTag<T>) input.asInput().sideOutput();
    }

    /** The general function with state and timers for each key. */
    public <R> DataStream<R> process(KeyedProcessFunction<K, ? super T, R> function) {
        return then(new OperatorSpec.KeyedProcessSpec(function));
    }

    /** The running aggregate of each key, emitted for every record. */
    public DataStream<T> reduce(ReduceFunction<T> function) {
        return this.<T>then(new OperatorSpec.ReduceSpec(function, recordType())).inheritType(this);
    }

    /** The running sum of each key, emitted for every record. */
    public DataStream<Keyed<K, Long>> sum(ToLongFunction<? super T> field) {
        return running("sum", field, Long::sum);
    }

    /** The lowest number of each key so far, emitted for every record. */
    public DataStream<Keyed<K, Long>> min(ToLongFunction<? super T> field) {
        return running("min", field, Math::min);
    }

    /** The highest number of each key so far, emitted for every record. */
    public DataStream<Keyed<K, Long>> max(ToLongFunction<? super T> field) {
        return running("max", field, Math::max);
    }

    /** The record with the lowest value so far of each key, the first of equals; emitted for every record. */
    public <C extends Comparable<? super C>> DataStream<T> minBy(Function<? super T, C> field) {
        return reduce(new Extreme<T, C>(field, false)).name("minBy");
    }

    /** The record with the highest value so far of each key, the first of equals; emitted for every record. */
    public <C extends Comparable<? super C>> DataStream<T> maxBy(Function<? super T, C> field) {
        return reduce(new Extreme<T, C>(field, true)).name("maxBy");
    }

    /** Groups the records of each key into windows. */
    public <W extends Window> WindowedStream<T, K, W> window(WindowAssigner<? super T, W> assigner) {
        return new WindowedStream<>(this, assigner);
    }

    /**
     * Puts the records of this stream and of another with the same keys into windows, and joins what is in the same
     * window; see also {@link #intervalJoin}.
     */
    public <R> Joinable<K, T, R> join(KeyedStream<K, R> right) {
        return new Joinable<>(this, right);
    }

    /** The same, handing all that a window holds of both streams to a function. */
    public <R> CoGroupable<K, T, R> coGroup(KeyedStream<K, R> right) {
        return new CoGroupable<>(this, right);
    }

    /**
     * Joins this stream with another of the same keys by nearness in time; say how near with
     * {@link IntervalJoinable#between}.
     */
    public <R> IntervalJoinable<K, T, R> intervalJoin(KeyedStream<K, R> right) {
        return new IntervalJoinable<>(this, right);
    }

    /**
     * Groups every {@code size} records of each key, in order of arrival, into a window. What is left of a key when the
     * input ends gives no result.
     */
    public WindowedStream<T, K, GlobalWindow> countWindow(long size) {
        return window(GlobalWindows.<T>create()).trigger(PurgingTrigger.of(CountTrigger.of(size)));
    }

    /** The last {@code size} records of each key, every {@code slide} records. */
    public WindowedStream<T, K, GlobalWindow> countWindow(long size, long slide) {
        return window(GlobalWindows.<T>create()).evictor(CountEvictor.of(size)).trigger(CountTrigger.of(slide));
    }

    private DataStream<Keyed<K, Long>> running(
            String name, ToLongFunction<? super T> field, LongBinaryOperator combine) {
        DataStream<Keyed<K, Long>> result =
                then(new OperatorSpec.KeyedProcessSpec(new RunningAggregate<K, T>(field, combine)));
        return result.name(name);
    }
}
