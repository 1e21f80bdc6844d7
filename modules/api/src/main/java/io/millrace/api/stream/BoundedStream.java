// SPDX-License-Identifier: Apache-2.0
package io.millrace.api.stream;

import io.millrace.api.Internal;
import io.millrace.api.Stable;
import io.millrace.api.function.FilterFunction;
import io.millrace.api.function.FlatMapFunction;
import io.millrace.api.function.MapFunction;
import io.millrace.api.function.ProcessFunction;
import io.millrace.api.graph.LogicalPlan;
import io.millrace.api.graph.Transformation;
import io.millrace.api.types.TypeHint;

/** A stream that ends. Operators on it give bounded streams; it can be used wherever a {@link DataStream} can. */
@Stable
public final class BoundedStream<T> extends DataStream<T> {
    /** For the engine: streams come from an environment or another stream. */
    @Internal
    public BoundedStream(LogicalPlan plan, Transformation node) {
        super(plan, node);
    }

    @Override
    public <R> BoundedStream<R> map(MapFunction<? super T, ? extends R> function) {
        return bounded(super.map(function));
    }

    @Override
    public BoundedStream<T> filter(FilterFunction<? super T> function) {
        return bounded(super.filter(function));
    }

    @Override
    public <R> BoundedStream<R> flatMap(FlatMapFunction<? super T, R> function) {
        return bounded(super.flatMap(function));
    }

    @Override
    public <R> BoundedStream<R> process(ProcessFunction<? super T, R> function) {
        return bounded(super.process(function));
    }

    @Override
    public BoundedStream<T> name(String name) {
        super.name(name);
        return this;
    }

    @Override
    public BoundedStream<T> uid(String uid) {
        super.uid(uid);
        return this;
    }

    @Override
    public BoundedStream<T> setParallelism(int parallelism) {
        super.setParallelism(parallelism);
        return this;
    }

    @Override
    public BoundedStream<T> blocking() {
        super.blocking();
        return this;
    }

    @Override
    public BoundedStream<T> disableChaining() {
        super.disableChaining();
        return this;
    }

    @Override
    public BoundedStream<T> startNewChain() {
        super.startNewChain();
        return this;
    }

    @Override
    public BoundedStream<T> slotSharingGroup(String group) {
        super.slotSharingGroup(group);
        return this;
    }

    @Override
    public BoundedStream<T> returns(Class<T> type) {
        super.returns(type);
        return this;
    }

    @Override
    public BoundedStream<T> returns(TypeHint<T> type) {
        super.returns(type);
        return this;
    }

    private static <R> BoundedStream<R> bounded(DataStream<R> stream) {
        return new BoundedStream<>(stream.plan, stream.node);
    }
}
