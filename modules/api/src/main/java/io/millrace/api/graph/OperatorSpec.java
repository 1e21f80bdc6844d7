// SPDX-License-Identifier: Apache-2.0
package io.millrace.api.graph;

import io.millrace.api.Internal;
import io.millrace.api.function.FilterFunction;
import io.millrace.api.function.FlatMapFunction;
import io.millrace.api.function.KeyedProcessFunction;
import io.millrace.api.function.MapFunction;
import io.millrace.api.function.ProcessFunction;
import io.millrace.api.function.ReduceFunction;
import io.millrace.api.sink.Sink;
import io.millrace.api.source.Source;
import io.millrace.api.stream.OutputTag;
import io.millrace.api.time.WatermarkStrategy;
import io.millrace.api.types.TypeHint;
import io.millrace.api.window.WindowAssigner;
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

    /** Reads a source; the planner puts its split enumerator in front, as a vertex of parallelism one. */
    record SourceSpec(Source<?, ?, ?> source, WatermarkStrategy<?> watermarks) implements OperatorSpec {
        @Override
        public String label() {
            return "source";
        }
    }

    record MapSpec(MapFunction<?, ?> function) implements OperatorSpec {
        @Override
        public String label() {
            return "map";
        }
    }

    record FilterSpec(FilterFunction<?> function) implements OperatorSpec {
        @Override
        public String label() {
            return "filter";
        }
    }

    record FlatMapSpec(FlatMapFunction<?, ?> function) implements OperatorSpec {
        @Override
        public String label() {
            return "flatMap";
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
    }

    record ProcessSpec(ProcessFunction<?, ?> function) implements OperatorSpec {
        @Override
        public String label() {
            return "process";
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
    }

    /**
     * Windows of a key.
     *
     * @param body how a window's records become its result
     * @param lateOutput where late records go, or null to drop and count them
     */
    record WindowSpec(
            WindowAssigner<?, ?> assigner,
            WindowBody body,
            @Nullable OutputTag<?> lateOutput) implements OperatorSpec {
        @Override
        public String label() {
            return "window";
        }

        @Override
        public boolean stateful() {
            return true;
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
    }
}
