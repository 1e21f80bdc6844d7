// SPDX-License-Identifier: Apache-2.0
package io.millrace.api;

import io.millrace.api.graph.LogicalPlan;
import io.millrace.api.graph.OperatorSpec;
import io.millrace.api.graph.Transformation;
import io.millrace.api.source.BoundedSource;
import io.millrace.api.source.CollectionSource;
import io.millrace.api.source.GeneratorSource;
import io.millrace.api.source.Source;
import io.millrace.api.stream.BoundedStream;
import io.millrace.api.stream.DataStream;
import io.millrace.api.time.WatermarkStrategy;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.function.LongFunction;
import java.util.function.Supplier;

/**
 * Where a {@link StreamJob} begins: sources, job-wide settings, and the values that are the same in every definition.
 *
 * <p>Threading: confined to the thread that calls {@link StreamJob#define}.
 */
@Stable
public final class StreamEnvironment {
    private final DefinitionContext context;
    private final LogicalPlan plan;

    /** For the engine: users are handed an environment. */
    @Internal
    public StreamEnvironment(DefinitionContext context) {
        this.context = context;
        this.plan = new LogicalPlan(context.defaultParallelism(), context.defaultMaxParallelism());
    }

    /** The arguments the job was started with. */
    public JobArguments args() {
        return context.args();
    }

    /** When the job was first started; the same after every recovery. */
    public Instant startTime() {
        return context.startTime();
    }

    /**
     * A value that is computed when the job is first defined and journalled: the same in every later definition.
     *
     * @param name names the value, unique in the job
     * @param supplier called at most once in the life of the job
     */
    public String once(String name, Supplier<String> supplier) {
        return context.once(name, supplier);
    }

    /** Sets the parallelism of operators that set none of their own. */
    public StreamEnvironment setParallelism(int parallelism) {
        plan.setDefaultParallelism(parallelism);
        return this;
    }

    /**
     * Sets the number of key groups, which bounds the parallelism of keyed operators for the life of the job's state.
     */
    public StreamEnvironment setMaxParallelism(int maxParallelism) {
        plan.setMaxParallelism(maxParallelism);
        return this;
    }

    /**
     * Registers a class that records, keys or state hold, under an id of your choice that must stay the same for the
     * life of the state.
     *
     * @param id 0 to 9,999, unique in the job
     */
    public StreamEnvironment registerType(Class<?> type, int id) {
        plan.registerType(type, id);
        return this;
    }

    /** A stream of what an unbounded source reads. */
    public <T> DataStream<T> fromSource(Source<T, ?, ?> source, WatermarkStrategy<T> watermarks, String name) {
        return new DataStream<>(plan, sourceTransformation(source, watermarks, name));
    }

    /** A stream of what a bounded source reads. */
    public <T> BoundedStream<T> fromSource(
            BoundedSource<T, ?, ?> source, WatermarkStrategy<T> watermarks, String name) {
        return new BoundedStream<>(plan, sourceTransformation(source, watermarks, name));
    }

    /** A stream of the given records, in order, without timestamps. */
    @SafeVarargs
    @SuppressWarnings("varargs")
    public final <T> BoundedStream<T> fromElements(T... elements) {
        return fromCollection(Arrays.asList(elements));
    }

    /** A stream of the given records, in order, without timestamps. The collection is copied. */
    public <T> BoundedStream<T> fromCollection(Collection<T> elements) {
        return fromSource(new CollectionSource<>(elements), WatermarkStrategy.noWatermarks(), "collection");
    }

    /**
     * A stream of {@code count} records made from their index, without timestamps: see {@link GeneratorSource}.
     *
     * @param generator makes the record of an index from 0 to {@code count - 1}, the same whenever it is asked
     * @param type the records' type
     */
    public <T> BoundedStream<T> generate(LongFunction<T> generator, long count, Class<T> type) {
        return fromSource(GeneratorSource.of(generator, count, type), WatermarkStrategy.noWatermarks(), "generator");
    }

    /**
     * A stream of the numbers {@code from} to {@code to}, both included, without timestamps; in order at a parallelism
     * of 1. None where {@code from} is more than {@code to}.
     */
    public BoundedStream<Long> fromSequence(long from, long to) {
        long count = from > to ? 0 : to - from + 1;
        if (from <= to && count <= 0) {
            throw new JobDefinitionException("fromSequence(" + from + ", " + to + ") has more numbers than a long"
                    + " counts. Begin later or end earlier.");
        }
        return fromSource(
                GeneratorSource.of(index -> from + index, count, Long.class),
                WatermarkStrategy.noWatermarks(),
                "sequence");
    }

    /** For the engine: what has been defined so far. */
    @Internal
    public LogicalPlan logicalPlan() {
        return plan;
    }

    private <T> Transformation sourceTransformation(
            Source<T, ?, ?> source, WatermarkStrategy<T> watermarks, String name) {
        Transformation node = plan.add(new OperatorSpec.SourceSpec(source, watermarks), List.of());
        node.setName(name);
        source.producedType().ifPresent(node::setOutputType);
        return node;
    }
}
