// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.builtin;

import io.millrace.api.function.KeyedCoProcessFunction;
import io.millrace.api.time.TimeDomain;
import io.millrace.operators.OperatorContext;
import io.millrace.operators.Output;
import io.millrace.operators.RecordProcessor;
import io.millrace.state.NoNamespace;
import io.millrace.state.TimerQueue;
import java.lang.invoke.MethodHandles;
import java.util.List;

/** Runs the general function on two streams that share their keys. */
final class KeyedConnectOperator extends TimedOperator {
    private final KeyedCoProcessFunction<Object, Object, Object, Object> function;
    private KeyedRecordContext keyContext;

    KeyedConnectOperator(KeyedCoProcessFunction<Object, Object, Object, Object> function) {
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
        return processor(0);
    }

    @Override
    public RecordProcessor processor(int input) {
        return specialised(
                MethodHandles.lookup(), KeyedCoProcessor.class, function, keyContext, collector(), input == 0);
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
