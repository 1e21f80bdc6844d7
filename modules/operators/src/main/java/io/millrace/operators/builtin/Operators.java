// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.builtin;

import io.millrace.api.function.FilterFunction;
import io.millrace.api.function.FlatMapFunction;
import io.millrace.api.function.KeyedProcessFunction;
import io.millrace.api.function.MapFunction;
import io.millrace.api.function.ProcessFunction;
import io.millrace.api.function.ReduceFunction;
import io.millrace.api.graph.OperatorSpec;
import io.millrace.api.sink.Sink;
import io.millrace.api.source.Source;
import io.millrace.api.source.SourceSplit;
import io.millrace.api.time.WatermarkStrategy;
import io.millrace.api.window.Window;
import io.millrace.api.window.WindowAssigner;
import io.millrace.operators.Operator;
import io.millrace.operators.sink.SinkOperator;
import io.millrace.operators.source.EnumeratorOperator;
import io.millrace.operators.source.SourceReaderOperator;
import io.millrace.serialization.Codecs;

/**
 * Makes operators from specifications. An operator holds the specification's own functions, so each subtask needs a
 * specification of its own.
 */
public final class Operators {
    private Operators() {}

    /**
     * The operator of a specification; for a source, the one that reads it: see {@link #createEnumerator} for the other.
     */
    public static Operator create(OperatorSpec spec) {
        return create(spec, Codecs::forTypeOrSelfDescribing);
    }

    /**
     * The enumerator of a source.
     *
     * @param readers number of subtasks that read the source
     */
    public static EnumeratorOperator<?, ?> createEnumerator(OperatorSpec.SourceSpec spec, int readers) {
        return enumerator(spec.source(), readers);
    }

    private static <T, S extends SourceSplit, E> EnumeratorOperator<S, E> enumerator(
            Source<T, S, E> source, int readers) {
        return new EnumeratorOperator<>(source, readers);
    }

    static Operator create(OperatorSpec spec, StateCodecs codecs) {
        if (spec instanceof OperatorSpec.SourceSpec source) {
            return reader(source.source(), source.watermarks());
        }
        if (spec instanceof OperatorSpec.SinkSpec sink) {
            return new SinkOperator(Operators.<Sink<Object>>cast(sink.sink()));
        }
        if (spec instanceof OperatorSpec.KeyedProcessSpec process) {
            return new KeyedProcessOperator(
                    Operators.<KeyedProcessFunction<Object, Object, Object>>cast(process.function()));
        }
        if (spec instanceof OperatorSpec.ReduceSpec reduce) {
            return new KeyedReduceOperator(
                    Operators.<ReduceFunction<Object>>cast(reduce.function()), reduce.type(), codecs);
        }
        if (spec instanceof OperatorSpec.WindowSpec window) {
            return window(window, codecs);
        }
        return createStateless(spec);
    }

    private static Operator createStateless(OperatorSpec spec) {
        if (spec instanceof OperatorSpec.MapSpec map) {
            return new MapOperator(Operators.<MapFunction<Object, Object>>cast(map.function()));
        }
        if (spec instanceof OperatorSpec.FilterSpec filter) {
            return new FilterOperator(Operators.<FilterFunction<Object>>cast(filter.function()));
        }
        if (spec instanceof OperatorSpec.FlatMapSpec flatMap) {
            return new FlatMapOperator(Operators.<FlatMapFunction<Object, Object>>cast(flatMap.function()));
        }
        if (spec instanceof OperatorSpec.ProcessSpec process) {
            return new ProcessOperator(Operators.<ProcessFunction<Object, Object>>cast(process.function()));
        }
        if (spec instanceof OperatorSpec.WatermarkSpec watermarks) {
            return new WatermarkOperator(Operators.<WatermarkStrategy<Object>>cast(watermarks.watermarks()));
        }
        if (spec instanceof OperatorSpec.UnionSpec) {
            return new UnionOperator();
        }
        throw new IllegalArgumentException("There is no operator for " + spec + ".");
    }

    private static Operator window(OperatorSpec.WindowSpec spec, StateCodecs codecs) {
        WindowAssigner<?, ?> assigner = spec.assigner();
        if (!assigner.isEventTime()) {
            throw new IllegalArgumentException("The window assigner " + assigner
                    + " does not work in event time; windows fire by event time only, so use an event-time assigner.");
        }
        return new WindowOperator<Window>(
                Operators.<WindowAssigner<Object, Window>>cast(assigner), spec.body(), spec.lateOutput(), codecs);
    }

    @SuppressWarnings("unchecked")
    private static <T, S extends SourceSplit, E> Operator reader(
            Source<T, S, E> source, WatermarkStrategy<?> watermarks) {
        return new SourceReaderOperator<>(source, (WatermarkStrategy<T>) watermarks);
    }

    /** Records are objects to the engine; the typed streams of the API made sure that functions get theirs. */
    @SuppressWarnings("unchecked")
    private static <F> F cast(Object typed) {
        return (F) typed;
    }
}
