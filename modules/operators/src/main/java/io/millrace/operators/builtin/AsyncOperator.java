// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.builtin;

import io.millrace.api.function.AsyncFunction;
import io.millrace.api.function.KeySelector;
import io.millrace.api.graph.AsyncSettings;
import io.millrace.api.types.TypeHint;
import io.millrace.operators.OperatorContext;
import io.millrace.operators.OperatorSnapshot;
import io.millrace.operators.RecordProcessor;
import io.millrace.operators.async.AsyncCalls;
import io.millrace.state.KeyedStateBackend;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Runs an asynchronous function: see {@link AsyncCalls}. */
final class AsyncOperator extends FunctionOperator {
    private final AsyncFunction<Object, Object> function;
    private final AsyncSettings settings;
    private final @Nullable KeySelector<Object, Object> keySelector;
    private final @Nullable TypeHint<?> type;
    private final StateCodecs codecs;
    private @Nullable AsyncCalls calls;

    AsyncOperator(
            AsyncFunction<Object, Object> function,
            AsyncSettings settings,
            @Nullable KeySelector<Object, Object> keySelector,
            @Nullable TypeHint<?> type,
            StateCodecs codecs) {
        super(List.of(function));
        this.function = function;
        this.settings = settings;
        this.keySelector = keySelector;
        this.type = type;
        this.codecs = codecs;
    }

    @Override
    public void open(OperatorContext operatorContext) throws Exception {
        super.open(operatorContext);
        calls = new AsyncCalls(
                operatorContext, function, settings, keySelector, codecs.codecOf(operatorContext.codecs(), type));
        calls.restore();
    }

    /** None: calls come at attempts, timeouts and after a recovery, too, when another key is current, or none. */
    @Override
    protected @Nullable KeyedStateBackend keyedState() {
        return null;
    }

    private AsyncCalls calls() {
        if (calls == null) {
            throw new IllegalStateException("The operator is not open.");
        }
        return calls;
    }

    @Override
    public void start() throws Exception {
        calls().start();
    }

    @Override
    public RecordProcessor processor() {
        return calls();
    }

    @Override
    public boolean advanceWatermark(long watermark) {
        calls().advance(watermark);
        return true;
    }

    @Override
    public long outputWatermark(long watermark) {
        return calls().passedWatermark();
    }

    /** Who waits for an answer is not idle, whatever its input is: the result must not come late for those behind. */
    @Override
    public boolean outputIdle(boolean inputIdle) {
        return inputIdle && calls().isEmpty();
    }

    @Override
    public boolean goOn() throws Exception {
        boolean done = calls().goOn();
        if (calls().isEmpty()) {
            context().output().idlenessChanged();
        }
        return done;
    }

    @Override
    public boolean endInput() {
        return calls().isEmpty();
    }

    @Override
    public OperatorSnapshot snapshot(long checkpointId) throws Exception {
        return withStates(calls().snapshot());
    }

    @Override
    public void close() throws Exception {
        if (calls != null) {
            calls.close();
        }
        super.close();
    }
}
