// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.builtin;

import io.millrace.api.function.KeyedProcessFunction;
import io.millrace.operators.OperatorContext;
import io.millrace.operators.Output;
import io.millrace.operators.RecordProcessor;
import io.millrace.state.NoNamespace;
import io.millrace.state.RecordKeys;
import io.millrace.state.TimerQueue;
import java.lang.invoke.MethodHandles;
import java.util.List;

/** Runs the general function on a keyed stream. */
final class KeyedProcessOperator extends KeyedOperator {
    private final KeyedProcessFunction<Object, Object, Object> function;
    private KeyedProcessFunction.Context<Object> keyContext;
    private TimerQueue<NoNamespace> timers;
    private RecordKeys keys;

    KeyedProcessOperator(KeyedProcessFunction<Object, Object, Object> function) {
        super(List.of(function));
        this.function = function;
    }

    @Override
    protected void openState(OperatorContext operatorContext) {
        timers = keyedState().timers("_timers", NoNamespace.CODEC);
        keys = keyedState().recordKeys();
    }

    @Override
    public void open(OperatorContext operatorContext) throws Exception {
        super.open(operatorContext);
        keyContext = new KeyedRecordContext(operatorContext, keyedState(), timers, collector());
    }

    @Override
    public RecordProcessor processor() {
        return specialised(MethodHandles.lookup(), KeyedFunctionProcessor.class, function, keyContext, collector());
    }

    @Override
    public boolean advanceWatermark(long watermark) throws Exception {
        Output output = context().output();
        while (!output.isFull()) {
            TimerQueue.Timer<NoNamespace> timer = timers.pollUntil(watermark);
            if (timer == null) {
                return true;
            }
            keys.setCurrentKey(timer.key(), timer.keyHash());
            function.onTimer(timer.timestamp(), keyContext, collectorAt(timer.timestamp()));
        }
        return false;
    }
}
