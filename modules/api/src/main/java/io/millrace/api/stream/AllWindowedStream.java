// SPDX-License-Identifier: Apache-2.0
package io.millrace.api.stream;

import io.millrace.api.Stable;
import io.millrace.api.function.AggregateFunction;
import io.millrace.api.function.ProcessAllWindowFunction;
import io.millrace.api.function.ReduceFunction;
import io.millrace.api.window.Evictor;
import io.millrace.api.window.Lateness;
import io.millrace.api.window.Trigger;
import io.millrace.api.window.Window;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/**
 * All records of a stream in windows, in one subtask: what {@link WindowedStream} is for each key. Its operators keep
 * state and need a {@code uid}.
 */
@Stable
public final class AllWindowedStream<T, W extends Window> {
    private final WindowedStream<T, String, W> windows;

    AllWindowedStream(WindowedStream<T, String, W> windows) {
        this.windows = windows;
    }

    /** See {@link WindowedStream#late}. */
    public AllWindowedStream<T, W> late(Lateness<T> choice) {
        return new AllWindowedStream<>(windows.late(choice));
    }

    /** See {@link WindowedStream#allowedLateness}. */
    public AllWindowedStream<T, W> allowedLateness(Duration allowed) {
        return new AllWindowedStream<>(windows.allowedLateness(allowed));
    }

    /** See {@link WindowedStream#sideOutputLateData}. */
    public AllWindowedStream<T, W> sideOutputLateData(OutputTag<T> tag) {
        return new AllWindowedStream<>(windows.sideOutputLateData(tag));
    }

    /** See {@link WindowedStream#trigger}. */
    public AllWindowedStream<T, W> trigger(Trigger<? super T, ? super W> choice) {
        return new AllWindowedStream<>(windows.trigger(choice));
    }

    /** See {@link WindowedStream#evictor}. */
    public AllWindowedStream<T, W> evictor(Evictor<? super T, ? super W> choice) {
        return new AllWindowedStream<>(windows.evictor(choice));
    }

    /** Folds each window into one value of the records' type. */
    public DataStream<T> reduce(ReduceFunction<T> function) {
        return inOneSubtask(windows.reduce(function));
    }

    /** The same, handing the value with its window to a function. */
    public <R> DataStream<R> reduce(ReduceFunction<T> function, ProcessAllWindowFunction<T, R, W> windowFunction) {
        return inOneSubtask(windows.reduce(function, new AllWindowFunction<>(windowFunction)));
    }

    /** Folds each window into an accumulator and emits its result. */
    public <A, R> DataStream<R> aggregate(AggregateFunction<? super T, A, R> function, Class<A> accumulatorType) {
        return inOneSubtask(windows.aggregate(function, accumulatorType));
    }

    /** The same, with the accumulator's type taken from the first one. */
    public <A, R> DataStream<R> aggregate(AggregateFunction<? super T, A, R> function) {
        return inOneSubtask(windows.aggregate(function));
    }

    /** Folds each window into an accumulator and hands its result with the window to a function. */
    public <A, V, R> DataStream<R> aggregate(
            AggregateFunction<? super T, A, V> function,
            Class<A> accumulatorType,
            ProcessAllWindowFunction<V, R, W> windowFunction) {
        return inOneSubtask(windows.aggregate(function, accumulatorType, new AllWindowFunction<>(windowFunction)));
    }

    /** The same, with the accumulator's type taken from the first one. */
    public <A, V, R> DataStream<R> aggregate(
            AggregateFunction<? super T, A, V> function, ProcessAllWindowFunction<V, R, W> windowFunction) {
        return inOneSubtask(windows.aggregate(function, new AllWindowFunction<>(windowFunction)));
    }

    /** Keeps all records of a window and hands them to a function when it fires. */
    public <R> DataStream<R> process(ProcessAllWindowFunction<T, R, W> windowFunction) {
        return inOneSubtask(windows.process(new AllWindowFunction<>(windowFunction)));
    }

    /** The sum in each window. */
    public DataStream<Long> sum(ToLongFunction<? super T> field) {
        return inOneSubtask(windows.aggregate(new LongFold<T>(field, Long::sum), LongFold.Accumulator.class))
                .name("sum");
    }

    /** The lowest number in each window. */
    public DataStream<Long> min(ToLongFunction<? super T> field) {
        return inOneSubtask(windows.aggregate(new LongFold<T>(field, Math::min), LongFold.Accumulator.class))
                .name("min");
    }

    /** The highest number in each window. */
    public DataStream<Long> max(ToLongFunction<? super T> field) {
        return inOneSubtask(windows.aggregate(new LongFold<T>(field, Math::max), LongFold.Accumulator.class))
                .name("max");
    }

    /** The record with the lowest value in each window, the first of equals. */
    public <C extends Comparable<? super C>> DataStream<T> minBy(Function<? super T, C> field) {
        return inOneSubtask(windows.minBy(field));
    }

    /** The record with the highest value in each window, the first of equals. */
    public <C extends Comparable<? super C>> DataStream<T> maxBy(Function<? super T, C> field) {
        return inOneSubtask(windows.maxBy(field));
    }

    private static <R> DataStream<R> inOneSubtask(DataStream<R> results) {
        return results.setParallelism(1);
    }
}
