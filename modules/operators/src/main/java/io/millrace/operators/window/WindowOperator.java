// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.window;

import io.millrace.api.function.AggregateFunction;
import io.millrace.api.function.ProcessWindowFunction;
import io.millrace.api.function.ReduceFunction;
import io.millrace.api.function.RichFunction;
import io.millrace.api.graph.WindowBody;
import io.millrace.api.types.VersionedSerializer;
import io.millrace.api.window.Lateness;
import io.millrace.api.window.Window;
import io.millrace.operators.OperatorContext;
import io.millrace.operators.RecordProcessor;
import io.millrace.operators.builtin.KeyedOperator;
import io.millrace.operators.builtin.StateCodecs;
import io.millrace.serialization.Codec;
import io.millrace.specialisation.Specialiser;
import io.millrace.state.KeyedStateBackend;
import io.millrace.state.TimerQueue;
import java.lang.invoke.MethodHandles;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Windows of a key. When one fires it emits its result, with the window's last timestamp.
 *
 * <p>Lateness goes by the watermark, also where a window that is due has not fired because the output is full.
 */
abstract class WindowOperator<W extends Window> extends KeyedOperator {
    final @Nullable ProcessWindowFunction<Object, Object, Object, W> windowFunction;
    private final VersionedSerializer<W> serializer;
    private final WindowBody body;
    private final Lateness<?> lateness;
    private final StateCodecs codecs;
    private WindowContext<W> windowContext;
    private @Nullable RecordProcessor bothSides;

    @SuppressWarnings("unchecked")
    WindowOperator(VersionedSerializer<W> serializer, WindowBody body, Lateness<?> lateness, StateCodecs codecs) {
        super(functionsOf(body));
        this.serializer = serializer;
        this.body = body;
        this.lateness = lateness;
        this.codecs = codecs;
        this.windowFunction = (ProcessWindowFunction<Object, Object, Object, W>) body.windowFunction();
    }

    private static List<RichFunction> functionsOf(WindowBody body) {
        List<RichFunction> functions = new ArrayList<>();
        if (body instanceof WindowBody.Keeping keeping) {
            return functionsOf(keeping.folding());
        }
        if (body instanceof WindowBody.Reducing reducing) {
            functions.add(reducing.function());
        } else if (body instanceof WindowBody.Aggregating aggregating) {
            functions.add(aggregating.function());
        }
        if (body.windowFunction() != null) {
            functions.add(body.windowFunction());
        }
        return functions;
    }

    @Override
    public void open(OperatorContext operatorContext) throws Exception {
        super.open(operatorContext);
        WindowStates<W> windowStates = windowsMerge() ? null : statesOf(operatorContext, "_window-state.");
        windowContext = new WindowContext<>(operatorContext, collector(), functionContext(), windowStates);
    }

    /** One input, but where two streams are grouped together: then each record is told apart by the side it came from. */
    @Override
    public final RecordProcessor processor(int input) {
        if (coGrouping() == null) {
            return super.processor(input);
        }
        if (bothSides == null) {
            bothSides = processor();
        }
        return context()
                .specialiser()
                .at("side " + input)
                .create(MethodHandles.lookup(), RecordProcessor.class, SidedProcessor.class, bothSides, input == 0);
    }

    private WindowBody.@Nullable CoGrouping coGrouping() {
        WindowBody inner = body instanceof WindowBody.Keeping keeping ? keeping.folding() : body;
        return inner instanceof WindowBody.CoGrouping both ? both : null;
    }

    /** True when what belongs to a window may come to belong to another. */
    boolean windowsMerge() {
        return false;
    }

    /** States of a key and window. */
    final WindowStates<W> statesOf(OperatorContext context, String prefix) {
        return new WindowStates<>(prefix, keyedState(), serializer, context, codecs);
    }

    final Codec<W> windowCodec() {
        return new WindowCodec<>(serializer);
    }

    final WindowBody body() {
        return body;
    }

    final StateCodecs stateCodecs() {
        return codecs;
    }

    final WindowContext<W> windowContext() {
        return windowContext;
    }

    /** The timers of windows. */
    final TimerQueue<W> openTimers() {
        return openTimers("_window-timers");
    }

    final TimerQueue<W> openTimers(String name) {
        return keyedState().timers(name, new WindowCodec<>(serializer));
    }

    /**
     * What windows hold.
     *
     * @param state name of the state
     */
    @SuppressWarnings("unchecked") // the typed streams of the API made sure that functions get their records
    final WindowContents<W> openContents(OperatorContext context, String state) {
        KeyedStateBackend keyed = keyedState();
        Codec<W> windows = new WindowCodec<>(serializer);
        Specialiser specialiser = context.specialiser().at("window");
        if (body instanceof WindowBody.Reducing reducing) {
            Codec<Object> codec = codecs.codecOf(context.codecs(), reducing.type());
            return create(
                    specialiser,
                    ReducedContents.class,
                    (ReduceFunction<Object>) reducing.function(),
                    keyed.namespacedValue(state, windows, codec));
        }
        if (body instanceof WindowBody.Aggregating aggregating) {
            Codec<Object> codec = codecs.codecOf(context.codecs(), aggregating.accumulatorType());
            return create(
                    specialiser,
                    AggregatedContents.class,
                    (AggregateFunction<Object, Object, Object>) aggregating.function(),
                    keyed.namespacedValue(state, windows, codec),
                    codec);
        }
        WindowBody.CoGrouping both = coGrouping();
        Codec<?> codec = both == null
                ? codecs.codecOf(context.codecs(), body.stateType())
                : new SidedCodec(
                        codecs.codecOf(context.codecs(), both.leftType()),
                        codecs.codecOf(context.codecs(), both.rightType()));
        Codec<?> elements = body instanceof WindowBody.Keeping ? new TimestampedCodec<>(codec) : codec;
        return create(specialiser, BufferedContents.class, keyed.namespacedList(state, windows, elements));
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // a window is an object to its contents
    private WindowContents<W> create(
            Specialiser specialiser, Class<? extends WindowContents> type, Object... arguments) {
        return specialiser.create(MethodHandles.lookup(), WindowContents.class, type, arguments);
    }

    final LateRecords lateRecords() {
        return new LateRecords(lateness.sideOutput(), context());
    }

    final IllegalStateException holdsNothing(Object key, W window) {
        return new IllegalStateException("The window " + window + " of key '" + key + "' in operator '"
                + context().operatorName() + "' ("
                + context().operatorId()
                + ") is due but holds nothing: its state is damaged. Go back to an earlier checkpoint.");
    }
}
