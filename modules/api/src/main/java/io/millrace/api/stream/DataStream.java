// SPDX-License-Identifier: Apache-2.0
package io.millrace.api.stream;

import io.millrace.api.Internal;
import io.millrace.api.JobDefinitionException;
import io.millrace.api.Stable;
import io.millrace.api.function.AsyncFunction;
import io.millrace.api.function.FilterFunction;
import io.millrace.api.function.FlatMapFunction;
import io.millrace.api.function.KeySelector;
import io.millrace.api.function.MapFunction;
import io.millrace.api.function.Partitioner;
import io.millrace.api.function.ProcessFunction;
import io.millrace.api.graph.AsyncSettings;
import io.millrace.api.graph.LogicalPlan;
import io.millrace.api.graph.OperatorSpec;
import io.millrace.api.graph.Partitioning;
import io.millrace.api.graph.StreamInput;
import io.millrace.api.graph.Transformation;
import io.millrace.api.sink.PrintSink;
import io.millrace.api.sink.Sink;
import io.millrace.api.state.MapStateDescriptor;
import io.millrace.api.time.WatermarkStrategy;
import io.millrace.api.types.TypeHint;
import io.millrace.api.window.GlobalWindow;
import io.millrace.api.window.Window;
import io.millrace.api.window.WindowAssigner;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A stream of records of one type: the main output of an operator, or one of its side outputs.
 *
 * <p>{@link #name}, {@link #uid}, {@link #setParallelism}, {@link #blocking} and {@link #returns} set something of the
 * operator that produces the stream and return the stream itself. Confined to the defining thread.
 *
 * @param <T> the records' type; inside one node it is never asked for
 */
@Stable
public sealed class DataStream<T> permits BoundedStream, IterativeStream, KeyedStream {
    final LogicalPlan plan;
    final Transformation node;
    private final Partitioning partitioning;
    private final @Nullable OutputTag<T> sideOutput;

    /** For the engine: streams come from an environment or another stream. */
    @Internal
    public DataStream(LogicalPlan plan, Transformation node) {
        this(plan, node, new Partitioning.Forward(), null);
    }

    DataStream(LogicalPlan plan, Transformation node, Partitioning partitioning, @Nullable OutputTag<T> sideOutput) {
        this.plan = plan;
        this.node = node;
        this.partitioning = partitioning;
        this.sideOutput = sideOutput;
    }

    /** One record to one record. */
    public <R> DataStream<R> map(MapFunction<? super T, ? extends R> function) {
        return then(new OperatorSpec.MapSpec(function));
    }

    /** Keeps the records for which the function answers true. */
    public DataStream<T> filter(FilterFunction<? super T> function) {
        return this.<T>then(new OperatorSpec.FilterSpec(function)).inheritType(this);
    }

    /** One record to any number of records. */
    public <R> DataStream<R> flatMap(FlatMapFunction<? super T, R> function) {
        return then(new OperatorSpec.FlatMapSpec(function));
    }

    /** The general function: any number of records, side outputs. */
    public <R> DataStream<R> process(ProcessFunction<? super T, R> function) {
        return then(new OperatorSpec.ProcessSpec(function));
    }

    /**
     * Asks something outside the job about each record, without waiting for the answer. Say in which order the results
     * go on, with {@link AsyncStream#ordered} for example. The operator keeps the records in flight and needs a {@code
     * uid}.
     */
    public <R> AsyncStream<T, R> async(AsyncFunction<? super T, R> function) {
        return new AsyncStream<>(this, function, AsyncSettings.DEFAULT);
    }

    /**
     * Assigns timestamps and watermarks anew; better done in the source, split by split.
     *
     * @throws JobDefinitionException for a strategy with alignment, which only a source can heed
     */
    public DataStream<T> assignTimestampsAndWatermarks(WatermarkStrategy<T> watermarks) {
        if (watermarks.alignment() != null) {
            throw new JobDefinitionException("assignTimestampsAndWatermarks after " + node.name() + " is "
                    + watermarks.alignment()
                    + ", but only a source can wait for others. Give env.fromSource(..) the aligned strategy.");
        }
        return this.<T>then(new OperatorSpec.WatermarkSpec(watermarks)).inheritType(this);
    }

    /**
     * Groups the records by key: all records of a key meet the same subtask. Keys are strings, boxed integers, booleans
     * and characters, enums, UUIDs, {@code java.time} values, or records of these.
     */
    public <K> KeyedStream<K, T> keyBy(KeySelector<? super T, K> selector, Class<K> keyType) {
        return keyBy(selector, TypeHint.of(keyType));
    }

    /** The same, for keys with type arguments. */
    public <K> KeyedStream<K, T> keyBy(KeySelector<? super T, K> selector, TypeHint<K> keyType) {
        return keyed(selector, keyType);
    }

    /** The same, with the key's type taken from the first key. */
    public <K> KeyedStream<K, T> keyBy(KeySelector<? super T, K> selector) {
        return keyed(selector, null);
    }

    private <K> KeyedStream<K, T> keyed(KeySelector<? super T, K> selector, @Nullable TypeHint<K> keyType) {
        if (partitioning instanceof Partitioning.Custom) {
            throw new JobDefinitionException("keyBy(..) after partitionCustom(..) on '" + node.name()
                    + "' would replace it: the engine itself decides where a key's state is. Remove partitionCustom(..),"
                    + " or work without keys behind it.");
        }
        return new KeyedStream<>(this, selector, keyType);
    }

    /** Groups all records into windows, in one subtask: it takes no part in the job's parallelism. */
    public <W extends Window> AllWindowedStream<T, W> windowAll(WindowAssigner<? super T, W> assigner) {
        return new AllWindowedStream<>(keyBy(new ConstantKey<>(), String.class).window(assigner));
    }

    /** Groups every {@code size} records into a window, in one subtask; see {@link KeyedStream#countWindow(long)}. */
    public AllWindowedStream<T, GlobalWindow> countWindowAll(long size) {
        return new AllWindowedStream<>(keyBy(new ConstantKey<>(), String.class).countWindow(size));
    }

    /** The last {@code size} records, every {@code slide} records, in one subtask. */
    public AllWindowedStream<T, GlobalWindow> countWindowAll(long size, long slide) {
        return new AllWindowedStream<>(keyBy(new ConstantKey<>(), String.class).countWindow(size, slide));
    }

    /** This stream and others of its type as one; no order among them. */
    @SafeVarargs
    public final DataStream<T> union(DataStream<T>... others) {
        List<StreamInput> inputs = new ArrayList<>();
        inputs.add(asInput());
        for (DataStream<T> other : others) {
            if (other.plan != plan) {
                throw new JobDefinitionException(
                        "union() joins streams of one job; " + other.node.name() + " belongs to another environment.");
            }
            inputs.add(other.asInput());
        }
        DataStream<T> union = new DataStream<>(plan, plan.add(new OperatorSpec.UnionSpec(), inputs));
        return union.inheritType(this);
    }

    /** This stream and another, perhaps of another type, for a function that reads both. */
    public <B> ConnectedStreams<T, B> connect(DataStream<B> other) {
        return new ConnectedStreams<>(this, other);
    }

    /** This stream and a broadcast one, for a function whose every subtask sees all of the latter. */
    public <B> BroadcastConnectedStream<T, B> connect(BroadcastStream<B> other) {
        return new BroadcastConnectedStream<>(this, other);
    }

    /** Joins this stream with another in windows; say by which keys with {@code where(..).equalTo(..)}. */
    public <R> JoinedStreams<T, R> join(DataStream<R> right) {
        return new JoinedStreams<>(this, right);
    }

    /**
     * Sends the records of subtask i to subtask i of the next operator, in their order. Where nothing is asked for it is
     * what happens between equal parallelisms; asked for, it is an error between different ones.
     */
    public DataStream<T> forward() {
        return partitioned(new Partitioning.Forward(true));
    }

    /**
     * Begins a feedback loop: what {@link IterativeStream#closeWith} is given comes back here. The loop keeps records
     * that are on their way in checkpoints, so it needs a uid.
     */
    public IterativeStream<T> iterate() {
        return iterate(IterativeStream.DEFAULT_MAX_CIRCULATING);
    }

    /**
     * The same, with a bound.
     *
     * @param maxCirculating records that may wait at each subtask of the loop's head before it takes no more from
     *     outside; at least 1
     */
    public IterativeStream<T> iterate(int maxCirculating) {
        return IterativeStream.of(this, maxCirculating);
    }

    /**
     * A feedback loop as a function: {@code body} is given the loop's records and answers what goes back and what comes
     * out.
     */
    public <R> DataStream<R> iterate(IterationBody<T, R> body) {
        return iterate(IterativeStream.DEFAULT_MAX_CIRCULATING, body);
    }

    /** The same, with a bound on what waits at each subtask of the head before it takes no more from outside. */
    public <R> DataStream<R> iterate(int maxCirculating, IterationBody<T, R> body) {
        IterativeStream<T> loop = iterate(maxCirculating);
        Iteration<T, R> iteration = body.apply(loop);
        loop.closeWith(iteration.feedback());
        return iteration.output();
    }

    /** Spreads the records evenly over the next operator's subtasks. */
    public DataStream<T> rebalance() {
        return partitioned(new Partitioning.Rebalance());
    }

    /**
     * Spreads the records of each subtask evenly over a few of the next operator's: from 2 to 6, each has 3 of its own;
     * from 6 to 2, each 3 share one. Fewer channels than {@link #rebalance}, but no evener than the input is.
     */
    public DataStream<T> rescale() {
        return partitioned(new Partitioning.Rescale());
    }

    /** Sends each record to a subtask of the next operator that is picked at random, all with the same chance. */
    public DataStream<T> shuffle() {
        return partitioned(new Partitioning.Shuffle());
    }

    /** Sends every record to every subtask of the next operator. */
    public DataStream<T> broadcast() {
        return partitioned(new Partitioning.Broadcast());
    }

    /** Sends all records to subtask 0 of the next operator; its others get none. */
    public DataStream<T> global() {
        return partitioned(new Partitioning.Global());
    }

    /**
     * Sends each record where user code says. The stream is not keyed by it: for state by key use {@link #keyBy}.
     *
     * @param partitioner picks the subtask of the next operator
     * @param selector takes from a record what the partitioner decides by
     */
    public <K> DataStream<T> partitionCustom(Partitioner<? super K> partitioner, KeySelector<? super T, K> selector) {
        return partitioned(new Partitioning.Custom(partitioner, selector));
    }

    private DataStream<T> partitioned(Partitioning by) {
        if (partitioning instanceof Partitioning.Hash) {
            throw new JobDefinitionException("The stream keyed on '" + node.name() + "' is asked for " + by.label()
                    + " right behind keyBy(..), which would lose its keys. Remove the one or the other.");
        }
        return new DataStream<>(plan, node, by, sideOutput);
    }

    /**
     * Sends every record to every subtask of the function that the stream is connected with, which keeps what it makes of
     * them in broadcast state: for rules, settings, small tables.
     *
     * @param state what the function keeps, by the descriptor that it asks with
     */
    public BroadcastStream<T> broadcast(MapStateDescriptor<?, ?> state, MapStateDescriptor<?, ?>... more) {
        List<MapStateDescriptor<?, ?>> states = new ArrayList<>(List.of(more));
        states.add(0, state);
        return new BroadcastStream<>(broadcast(), states);
    }

    /** What the operator emits to a side output. */
    public <X> DataStream<X> getSideOutput(OutputTag<X> tag) {
        return new DataStream<>(plan, node, new Partitioning.Forward(), tag);
    }

    /** Ends the stream in a sink. */
    public StreamSink sinkTo(Sink<? super T> sink) {
        return new StreamSink(plan.add(new OperatorSpec.SinkSpec(sink), List.of(asInput())));
    }

    /** Prints each record on a line of standard output, for trying things out. */
    public StreamSink print() {
        return sinkTo(new PrintSink<>()).name("print");
    }

    /** The same, with {@code prefix} before each record. */
    public StreamSink print(String prefix) {
        return sinkTo(new PrintSink<>(prefix)).name("print");
    }

    /** Names the operator, for people. */
    public DataStream<T> name(String name) {
        node.setName(name);
        return this;
    }

    /** Sets the stable id under which the operator's state is kept; needed where it has state. */
    public DataStream<T> uid(String uid) {
        node.setUid(uid);
        return this;
    }

    /** Sets the operator's number of subtasks. */
    public DataStream<T> setParallelism(int parallelism) {
        node.setParallelism(parallelism);
        return this;
    }

    /** Declares that the operator's user code blocks: its subtasks run on a dispatcher of their own. */
    public DataStream<T> blocking() {
        node.setBlocking();
        return this;
    }

    /** Never runs the operator in one chain with others. */
    public DataStream<T> disableChaining() {
        node.disableChaining();
        return this;
    }

    /** Never runs the operator in one chain with those before it; those behind it may join it. */
    public DataStream<T> startNewChain() {
        node.startNewChain();
        return this;
    }

    /**
     * Puts the operator into a slot sharing group: a slot holds one subtask of each vertex of a group, and groups have
     * slots of their own as long as there are enough. Without it the operator is in the group of its inputs where they
     * agree, else in {@code "default"}. Operators of different groups are never chained.
     */
    public DataStream<T> slotSharingGroup(String group) {
        node.setSlotSharingGroup(group);
        return this;
    }

    /**
     * Declares the records' type, for edges and state that have to write them.
     *
     * @throws JobDefinitionException on a side output, whose tag has the type
     */
    public DataStream<T> returns(Class<T> type) {
        return returns(TypeHint.of(type));
    }

    /** The same, for types with type arguments. */
    public DataStream<T> returns(TypeHint<T> type) {
        if (sideOutput != null) {
            throw new JobDefinitionException("The side output '" + sideOutput.name() + "' of " + node.name()
                    + " has the type of its OutputTag, " + sideOutput.type() + ": declare it there, not by returns().");
        }
        node.setOutputType(type);
        return this;
    }

    final StreamInput asInput() {
        return new StreamInput(node, partitioning, sideOutput);
    }

    /** The declared type of this stream's records, or null. */
    final @Nullable TypeHint<?> recordType() {
        return sideOutput == null ? node.outputType() : sideOutput.type();
    }

    final DataStream<T> inheritType(DataStream<T> from) {
        TypeHint<?> type = from.recordType();
        if (type != null) {
            node.setOutputType(type);
        }
        return this;
    }

    final <R> DataStream<R> then(OperatorSpec spec) {
        return new DataStream<>(plan, plan.add(spec, List.of(asInput())));
    }
}
