// SPDX-License-Identifier: Apache-2.0
package io.millrace.api.graph;

import io.millrace.api.Internal;
import io.millrace.api.function.AsyncFunction;
import io.millrace.api.function.FilterFunction;
import io.millrace.api.function.FlatMapFunction;
import io.millrace.api.function.KeySelector;
import io.millrace.api.function.KeyedProcessFunction;
import io.millrace.api.function.MapFunction;
import io.millrace.api.function.ProcessFunction;
import io.millrace.api.function.ProcessJoinFunction;
import io.millrace.api.function.ReduceFunction;
import io.millrace.api.function.RichFunction;
import io.millrace.api.sink.Sink;
import io.millrace.api.source.Source;
import io.millrace.api.stream.OutputTag;
import io.millrace.api.time.WatermarkStrategy;
import io.millrace.api.types.TypeHint;
import io.millrace.api.window.Evictor;
import io.millrace.api.window.Lateness;
import io.millrace.api.window.Trigger;
import io.millrace.api.window.WindowAssigner;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What an operator does: the user's functions and their settings, one record a kind of operator. */
@Internal
public sealed interface OperatorSpec {
    /** A lower-case word for names, plans and fingerprints. */
    String label();

    /** True when the operator keeps state of its own, and so needs a uid. */
    default boolean stateful() {
        return false;
    }

    /** Number of inputs that the operator tells apart; 0 for sources. */
    default int inputs() {
        return 1;
    }

    /** True when the input of that ordinal has to be grouped by key. */
    default boolean keyed(int ordinal) {
        return false;
    }

    /**
     * True when the operator gives results, or lets go of what it keeps, only when watermarks pass, so that it is of no use
     * without any.
     */
    default boolean waitsForWatermarks() {
        return false;
    }

    /** True when the operator may emit to that side output. */
    default boolean mayEmitTo(OutputTag<?> tag) {
        return false;
    }

    /**
     * The objects of the user that the operator runs, whose classes are part of the job's fingerprint. Nulls are left
     * out.
     */
    default List<@Nullable Object> functions() {
        return List.of();
    }

    /** Declared types of what the operator keeps; nulls where none was declared. Part of the fingerprint. */
    default List<@Nullable TypeHint<?>> stateTypes() {
        return List.of();
    }

    /**
     * A few words on the operator's settings for plans and fingerprints; empty where it has none. The same for equal
     * definitions: no identity, no lambda's name.
     */
    default String details() {
        return "";
    }

    /** Reads a source; the planner puts its split enumerator in front, as a vertex of parallelism one. */
    record SourceSpec(Source<?, ?, ?> source, WatermarkStrategy<?> watermarks) implements OperatorSpec {
        @Override
        public String label() {
            return "source";
        }

        @Override
        public int inputs() {
            return 0;
        }

        @Override
        public List<@Nullable Object> functions() {
            List<@Nullable Object> functions = new ArrayList<>(watermarks.functions());
            functions.add(source);
            return functions;
        }

        @Override
        public String details() {
            return "watermarks " + watermarks;
        }
    }

    record MapSpec(MapFunction<?, ?> function) implements OperatorSpec {
        @Override
        public String label() {
            return "map";
        }

        @Override
        public List<@Nullable Object> functions() {
            return Arrays.asList(function);
        }
    }

    record FilterSpec(FilterFunction<?> function) implements OperatorSpec {
        @Override
        public String label() {
            return "filter";
        }

        @Override
        public List<@Nullable Object> functions() {
            return Arrays.asList(function);
        }
    }

    record FlatMapSpec(FlatMapFunction<?, ?> function) implements OperatorSpec {
        @Override
        public String label() {
            return "flatMap";
        }

        @Override
        public List<@Nullable Object> functions() {
            return Arrays.asList(function);
        }
    }

    /** Joins several streams of one type into one; does nothing to the records. */
    record UnionSpec() implements OperatorSpec {
        @Override
        public String label() {
            return "union";
        }
    }

    /** Assigns timestamps and watermarks in the middle of a dataflow. */
    record WatermarkSpec(WatermarkStrategy<?> watermarks) implements OperatorSpec {
        @Override
        public String label() {
            return "watermarks";
        }

        @Override
        public List<@Nullable Object> functions() {
            return new ArrayList<>(watermarks.functions());
        }

        @Override
        public String details() {
            return "watermarks " + watermarks;
        }
    }

    record ProcessSpec(ProcessFunction<?, ?> function) implements OperatorSpec {
        @Override
        public String label() {
            return "process";
        }

        @Override
        public boolean mayEmitTo(OutputTag<?> tag) {
            return true;
        }

        @Override
        public List<@Nullable Object> functions() {
            return Arrays.asList(function);
        }
    }

    /**
     * Asynchronous calls. Their state are the records in flight.
     *
     * @param keySelector the key of a record where the order is kept for each key, or null
     * @param type the declared type of the records, or null
     */
    record AsyncSpec(
            AsyncFunction<?, ?> function,
            AsyncSettings settings,
            @Nullable KeySelector<?, ?> keySelector,
            @Nullable TypeHint<?> type)
            implements OperatorSpec {
        @Override
        public String label() {
            return "async";
        }

        @Override
        public boolean stateful() {
            return true;
        }

        @Override
        public boolean keyed(int ordinal) {
            return keySelector != null;
        }

        @Override
        public List<@Nullable Object> functions() {
            return Arrays.asList(function, settings.retry().retried(), settings.unwanted(), keySelector);
        }

        @Override
        public List<@Nullable TypeHint<?>> stateTypes() {
            return Collections.singletonList(type);
        }

        @Override
        public String details() {
            return settings.details();
        }
    }

    record KeyedProcessSpec(KeyedProcessFunction<?, ?, ?> function) implements OperatorSpec {
        @Override
        public String label() {
            return "keyedProcess";
        }

        @Override
        public boolean stateful() {
            return true;
        }

        @Override
        public boolean keyed(int ordinal) {
            return true;
        }

        @Override
        public boolean mayEmitTo(OutputTag<?> tag) {
            return true;
        }

        @Override
        public List<@Nullable Object> functions() {
            return Arrays.asList(function);
        }
    }

    /** Running aggregate of a key: emits the new value for every record. */
    record ReduceSpec(ReduceFunction<?> function, @Nullable TypeHint<?> type) implements OperatorSpec {
        @Override
        public String label() {
            return "reduce";
        }

        @Override
        public boolean stateful() {
            return true;
        }

        @Override
        public boolean keyed(int ordinal) {
            return true;
        }

        @Override
        public List<@Nullable Object> functions() {
            return Arrays.asList(function);
        }

        @Override
        public List<@Nullable TypeHint<?>> stateTypes() {
            return Collections.singletonList(type);
        }
    }

    /**
     * Windows of a key.
     *
     * @param body how a window's records become its result
     * @param lateness what becomes of late records
     * @param trigger when windows fire, or null for when their assigner says
     * @param evictor takes records out when they do, or null
     */
    record WindowSpec(
            WindowAssigner<?, ?> assigner,
            WindowBody body,
            Lateness<?> lateness,
            @Nullable Trigger<?, ?> trigger,
            @Nullable Evictor<?, ?> evictor)
            implements OperatorSpec {
        @Override
        public String label() {
            return "window";
        }

        @Override
        public boolean stateful() {
            return true;
        }

        @Override
        public int inputs() {
            return body instanceof WindowBody.CoGrouping ? 2 : 1;
        }

        @Override
        public boolean keyed(int ordinal) {
            return true;
        }

        @Override
        public boolean waitsForWatermarks() {
            // A trigger of the user's own may fire by count, or by the clock.
            return assigner.isEventTime() && trigger == null;
        }

        @Override
        public boolean mayEmitTo(OutputTag<?> tag) {
            return tag.equals(lateness.sideOutput()) || body.windowFunction() != null;
        }

        @Override
        public List<@Nullable Object> functions() {
            List<@Nullable Object> functions = new ArrayList<>(body.functions());
            functions.add(assigner);
            functions.addAll(assigner.functions());
            if (trigger != null) {
                functions.add(trigger);
                functions.addAll(trigger.functions());
            }
            if (evictor != null) {
                functions.add(evictor);
                functions.addAll(evictor.functions());
            }
            return functions;
        }

        @Override
        public List<@Nullable TypeHint<?>> stateTypes() {
            return body.stateTypes();
        }

        @Override
        public String details() {
            String triggered = trigger == null ? "" : ", trigger " + trigger;
            String evicted = evictor == null ? "" : ", evictor " + evictor;
            return assigner + ", " + body.label() + lateness + triggered + evicted;
        }
    }

    /**
     * Pairs of records of two streams that have the same key and are near in time.
     *
     * @param leftType declared type of the left stream's records, or null
     * @param rightType the same of the right stream's
     * @param lateLeft where late left records go, or null to drop and count them
     * @param lateRight the same of the right stream's
     * @param function makes the results
     * @param given what the user gave for it, the function itself or what it calls
     */
    record IntervalJoinSpec(
            JoinKind kind,
            JoinBounds bounds,
            @Nullable TypeHint<?> leftType,
            @Nullable TypeHint<?> rightType,
            @Nullable OutputTag<?> lateLeft,
            @Nullable OutputTag<?> lateRight,
            ProcessJoinFunction<?, ?, ?> function,
            Object given)
            implements OperatorSpec {
        @Override
        public String label() {
            return "intervalJoin";
        }

        @Override
        public boolean stateful() {
            return true;
        }

        @Override
        public int inputs() {
            return 2;
        }

        @Override
        public boolean keyed(int ordinal) {
            return true;
        }

        @Override
        public boolean waitsForWatermarks() {
            return true;
        }

        @Override
        public boolean mayEmitTo(OutputTag<?> tag) {
            return true;
        }

        @Override
        public List<@Nullable Object> functions() {
            return Arrays.asList(given);
        }

        @Override
        public List<@Nullable TypeHint<?>> stateTypes() {
            return Arrays.asList(leftType, rightType);
        }

        @Override
        public String details() {
            return kind.name().toLowerCase(Locale.ROOT) + ", right records from " + bounds.lower() + " to "
                    + bounds.upper() + " ms after the left one";
        }
    }

    /** Reads two streams by one function. */
    sealed interface TwoInputSpec extends OperatorSpec permits ConnectSpec, BroadcastSpec {
        RichFunction function();

        @Override
        default int inputs() {
            return 2;
        }

        @Override
        default List<@Nullable Object> functions() {
            return List.of(function());
        }
    }

    /**
     * The head of a feedback loop: hands on what comes from outside and what comes back.
     *
     * @param maxCirculating records that may wait at a subtask of the head before it takes no more from outside
     * @param type declared type of the records, or null
     */
    record IterationSpec(int maxCirculating, @Nullable TypeHint<?> type) implements OperatorSpec {
        /** The input that brings what comes back; 0 is outside. */
        public static final int FEEDBACK = 1;

        @Override
        public String label() {
            return "iterate";
        }

        @Override
        public boolean stateful() {
            return true;
        }

        @Override
        public int inputs() {
            return 2;
        }

        @Override
        public List<@Nullable TypeHint<?>> stateTypes() {
            return Collections.singletonList(type);
        }

        @Override
        public String details() {
            return "at most " + maxCirculating + " waiting";
        }
    }

    record SinkSpec(Sink<?> sink) implements OperatorSpec {
        @Override
        public String label() {
            return "sink";
        }

        @Override
        public boolean stateful() {
            return sink instanceof io.millrace.api.sink.CommittingSink<?, ?>;
        }

        @Override
        public List<@Nullable Object> functions() {
            return Arrays.asList(sink);
        }
    }
}
