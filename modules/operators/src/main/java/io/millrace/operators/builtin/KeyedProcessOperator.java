// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.builtin;

import io.millrace.api.function.KeyedProcessFunction;
import io.millrace.api.time.TimeDomain;
import io.millrace.operators.OperatorContext;
import io.millrace.operators.Output;
import io.millrace.operators.RecordProcessor;
import io.millrace.state.NoNamespace;
import io.millrace.state.TimerQueue;
import java.lang.invoke.MethodHandles;
import java.util.List;

/** Runs the general function on a keyed stream. */
final class KeyedProcessOperator extends TimedOperator {
    private final KeyedProcessFunction<Object, Object, Object> function;
    private KeyedRecordContext keyContext;

    KeyedProcessOperator(KeyedProcessFunction<Object, Object, Object> function) {
        super(List.of(function));
        this.function = function;
    }

    @Override
    public void open(OperatorContext operatorContext) throws Exception {
        super.open(operatorContext);
        keyContext = new KeyedRecordContext(keyedState(), timers(), collector());
    }

    @Override
    public RecordProcessor processor() {
        return specialised(MethodHandles.lookup(), KeyedFunctionProcessor.class, function, keyContext, collector());
    }

    @Override
    boolean fire(TimerQueue<NoNamespace> queue, long until, TimeDomain domain) throws Exception {
        Output output = context().output();
        while (!output.isFull()) {
            TimerQueue.Timer<NoNamespace> timer = queue.pollUntil(until);
            if (timer == null) {
                return true;
            }
            keys().setCurrentKey(timer.key(), timer.keyHash());
            function.onTimer(timer.timestamp(), keyContext, collectorAt(keyContext.fires(timer.timestamp(), domain)));
        }
        return false;
    }
}
