// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.builtin;

import io.millrace.api.graph.BroadcastSpec;
import io.millrace.api.graph.ConnectSpec;
import io.millrace.api.graph.OperatorSpec;
import io.millrace.api.source.Source;
import io.millrace.api.source.SourceSplit;
import io.millrace.api.time.WatermarkStrategy;
import io.millrace.operators.Operator;
import io.millrace.operators.sink.SinkOperator;
import io.millrace.operators.source.SourceReaderOperator;
import io.millrace.specialisation.Specialiser;
import java.lang.invoke.MethodHandles;

/** Makes the operator of one place in a chain, unless it is one of windows. */
public final class OperatorFactory {
    private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();

    private final Specialiser specialiser;
    private final StateCodecs codecs;

    public OperatorFactory(Specialiser specialiser, StateCodecs codecs) {
        this.specialiser = specialiser;
        this.codecs = codecs;
    }

    public Operator create(OperatorSpec spec) {
        if (spec instanceof OperatorSpec.SourceSpec source) {
            return reader(source.source(), source.watermarks());
        }
        if (spec instanceof OperatorSpec.SinkSpec sink) {
            return new SinkOperator(cast(sink.sink()));
        }
        if (spec instanceof OperatorSpec.KeyedProcessSpec process) {
            return specialised(KeyedProcessOperator.class, process.function());
        }
        if (spec instanceof OperatorSpec.ReduceSpec reduce) {
            return new KeyedReduceOperator(cast(reduce.function()), reduce.type(), codecs);
        }
        if (spec instanceof ConnectSpec connect) {
            return connect(connect);
        }
        if (spec instanceof BroadcastSpec broadcast) {
            return broadcast(broadcast);
        }
        if (spec instanceof OperatorSpec.AsyncSpec async) {
            return new AsyncOperator(
                    cast(async.function()), async.settings(), cast(async.keySelector()), async.type(), codecs);
        }
        return createStateless(spec);
    }

    private Operator createStateless(OperatorSpec spec) {
        if (spec instanceof OperatorSpec.MapSpec map) {
            return new MapOperator(cast(map.function()));
        }
        if (spec instanceof OperatorSpec.FilterSpec filter) {
            return new FilterOperator(cast(filter.function()));
        }
        if (spec instanceof OperatorSpec.FlatMapSpec flatMap) {
            return new FlatMapOperator(cast(flatMap.function()));
        }
        if (spec instanceof OperatorSpec.ProcessSpec process) {
            return new ProcessOperator(cast(process.function()));
        }
        if (spec instanceof OperatorSpec.WatermarkSpec watermarks) {
            return new WatermarkOperator(cast(watermarks.watermarks()));
        }
        if (spec instanceof OperatorSpec.UnionSpec) {
            return new UnionOperator();
        }
        throw new IllegalArgumentException("There is no operator for " + spec + ".");
    }

    private Operator specialised(Class<? extends Operator> type, Object... arguments) {
        return specialiser.create(LOOKUP, Operator.class, type, arguments);
    }

    private Operator connect(ConnectSpec spec) {
        return spec.kind() == ConnectSpec.Kind.KEYED_PROCESS
                ? specialised(KeyedConnectOperator.class, spec.function())
                : new ConnectOperator(spec);
    }

    private Operator broadcast(BroadcastSpec spec) {
        return spec.keyed()
                ? specialised(KeyedBroadcastOperator.class, spec.function(), spec.states())
                : new BroadcastOperator(cast(spec.function()), spec.states());
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
