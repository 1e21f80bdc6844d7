// SPDX-License-Identifier: Apache-2.0
package io.millrace.api.stream;

import io.millrace.api.Stable;
import io.millrace.api.function.AggregateFunction;
import io.millrace.api.function.ProcessWindowFunction;
import io.millrace.api.function.ReduceFunction;
import io.millrace.api.graph.OperatorSpec;
import io.millrace.api.graph.WindowBody;
import io.millrace.api.types.TypeHint;
import io.millrace.api.window.Evictor;
import io.millrace.api.window.Lateness;
import io.millrace.api.window.Trigger;
import io.millrace.api.window.Window;
import io.millrace.api.window.WindowAssigner;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.LongBinaryOperator;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * The records of a keyed stream in windows, waiting for the function that turns a window into its result. A window fires
 * when its trigger says so: by default when the watermark, or the clock, reaches its last timestamp. What becomes of
 * records that come after that is said by {@link #late}.
 */
@Stable
public final class WindowedStream<T, K, W extends Window> {
    private final KeyedStream<K, T> input;
    private final WindowAssigner<? super T, W> assigner;
    private final Lateness<T> lateness;
    private final @Nullable Trigger<? super T, ? super W> trigger;
    private final @Nullable Evictor<? super T, ? super W> evictor;

    WindowedStream(KeyedStream<K, T> input, WindowAssigner<? super T, W> assigner) {
        this(input, assigner, Lateness.drop(), null, null);
    }

    private WindowedStream(
            KeyedStream<K, T> input,
            WindowAssigner<? super T, W> assigner,
            Lateness<T> lateness,
            @Nullable Trigger<? super T, ? super W> trigger,
            @Nullable Evictor<? super T, ? super W> evictor) {
        this.input = input;
        this.assigner = assigner;
        this.lateness = lateness;
        this.trigger = trigger;
        this.evictor = evictor;
    }

    /** Says what becomes of records that come after their windows fired; without it, they are dropped and counted. */
    public WindowedStream<T, K, W> late(Lateness<T> choice) {
        return new WindowedStream<>(input, assigner, choice, trigger, evictor);
    }

    /** The same as {@link Lateness#update}, under the name that users of other engines look for. */
    public WindowedStream<T, K, W> allowedLateness(Duration allowed) {
        return late(lateness.withUpdates(allowed));
    }

    /** The same as {@link Lateness#toSideOutput}, under the name that users of other engines look for. */
    public WindowedStream<T, K, W> sideOutputLateData(OutputTag<T> tag) {
        return late(lateness.thenToSideOutput(tag));
    }

    /**
     * Has windows fire when a trigger says so, in place of the assigner's own.
     *
     * <p>When a window can hold no more records, for its time is over, it is thrown away: what the trigger has not fired by
     * then gives no result.
     */
    public WindowedStream<T, K, W> trigger(Trigger<? super T, ? super W> choice) {
        return new WindowedStream<>(input, assigner, lateness, choice, evictor);
    }

    /** Takes records out of windows when they fire; windows keep all their records for it. */
    public WindowedStream<T, K, W> evictor(Evictor<? super T, ? super W> choice) {
        return new WindowedStream<>(input, assigner, lateness, trigger, choice);
    }

    /** Folds each window into one value of the records' type. */
    public DataStream<T> reduce(ReduceFunction<T> function) {
        return this.<T>apply(new WindowBody.Reducing(function, input.recordType(), null))
                .inheritType(input);
    }

    /** The same, handing the value with its key and window to a function. */
    public <R> DataStream<R> reduce(
            ReduceFunction<T> function, ProcessWindowFunction<T, R, ? super K, ? super W> windowFunction) {
        return apply(new WindowBody.Reducing(function, input.recordType(), windowFunction));
    }

    /** Folds each window into an accumulator and emits its result. */
    public <A, R> DataStream<R> aggregate(AggregateFunction<? super T, A, R> function, Class<A> accumulatorType) {
        return apply(new WindowBody.Aggregating(function, TypeHint.of(accumulatorType), null));
    }

    /** The same, with the accumulator's type taken from the first one. */
    public <A, R> DataStream<R> aggregate(AggregateFunction<? super T, A, R> function) {
        return apply(new WindowBody.Aggregating(function, null, null));
    }

    /** Folds each window into an accumulator and hands its result with key and window to a function. */
    public <A, V, R> DataStream<R> aggregate(
            AggregateFunction<? super T, A, V> function,
            Class<A> accumulatorType,
            ProcessWindowFunction<V, R, ? super K, ? super W> windowFunction) {
        return apply(new WindowBody.Aggregating(function, TypeHint.of(accumulatorType), windowFunction));
    }

    /** The same, with the accumulator's type taken from the first one. */
    public <A, V, R> DataStream<R> aggregate(
            AggregateFunction<? super T, A, V> function,
            ProcessWindowFunction<V, R, ? super K, ? super W> windowFunction) {
        return apply(new WindowBody.Aggregating(function, null, windowFunction));
    }

    /** Keeps all records of a window and hands them to a function when it fires. */
    public <R> DataStream<R> process(ProcessWindowFunction<T, R, ? super K, ? super W> windowFunction) {
        return apply(new WindowBody.Buffering(input.recordType(), windowFunction));
    }

    /** The sum in each window. */
    public DataStream<Keyed<K, Long>> sum(ToLongFunction<? super T> field) {
        return folded("sum", field, Long::sum);
    }

    /** The lowest number in each window. */
    public DataStream<Keyed<K, Long>> min(ToLongFunction<? super T> field) {
        return folded("min", field, Math::min);
    }

    /** The highest number in each window. */
    public DataStream<Keyed<K, Long>> max(ToLongFunction<? super T> field) {
        return folded("max", field, Math::max);
    }

    /** The record with the lowest value in each window, the first of equals. */
    public <C extends Comparable<? super C>> DataStream<T> minBy(Function<? super T, C> field) {
        return reduce(new Extreme<T, C>(field, false)).name("minBy");
    }

    /** The record with the highest value in each window, the first of equals. */
    public <C extends Comparable<? super C>> DataStream<T> maxBy(Function<? super T, C> field) {
        return reduce(new Extreme<T, C>(field, true)).name("maxBy");
    }

    private DataStream<Keyed<K, Long>> folded(
            String name, ToLongFunction<? super T> field, LongBinaryOperator combine) {
        ProcessWindowFunction<Long, Keyed<K, Long>, K, W> result =
                (key, context, contents, out) -> contents.forEach(value -> out.collect(new Keyed<>(key, value)));
        DataStream<Keyed<K, Long>> stream =
                aggregate(new LongFold<T>(field, combine), LongFold.Accumulator.class, result);
        return stream.name(name);
    }

    private <R> DataStream<R> apply(WindowBody body) {
        WindowChecks.check(assigner, lateness, trigger);
        WindowBody kept = evictor == null ? body : new WindowBody.Keeping(input.recordType(), body);
        return input.then(new OperatorSpec.WindowSpec(assigner, kept, lateness, trigger, evictor));
    }
}
