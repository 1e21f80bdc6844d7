// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.builtin;

import io.millrace.api.function.KeyedBroadcastProcessFunction;
import io.millrace.api.state.MapStateDescriptor;
import io.millrace.api.time.TimeDomain;
import io.millrace.operators.OperatorContext;
import io.millrace.operators.Output;
import io.millrace.operators.RecordProcessor;
import io.millrace.state.NoNamespace;
import io.millrace.state.TimerQueue;
import java.lang.invoke.MethodHandles;
import java.util.List;

/** Runs a function on a keyed stream and a broadcast one. */
final class KeyedBroadcastOperator extends TimedOperator {
    private final KeyedBroadcastProcessFunction<Object, Object, Object, Object> function;
    private final List<MapStateDescriptor<?, ?>> descriptors;
    private BroadcastStates states;
    private KeyedReadOnlyContext keyContext;

    KeyedBroadcastOperator(
            KeyedBroadcastProcessFunction<Object, Object, Object, Object> function,
            List<MapStateDescriptor<?, ?>> descriptors) {
        super(List.of(function));
        this.function = function;
        this.descriptors = descriptors;
    }

    @Override
    void openOperatorState() {
        states = new BroadcastStates(context(), operatorStates(), descriptors);
    }

    @Override
    public void open(OperatorContext operatorContext) throws Exception {
        super.open(operatorContext);
        keyContext = new KeyedReadOnlyContext(operatorContext, states, collector(), keyedState(), timers());
    }

    @Override
    public RecordProcessor processor() {
        return processor(0);
    }

    @Override
    public RecordProcessor processor(int input) {
        if (input == 0) {
            return specialised(
                    MethodHandles.lookup(), KeyedBroadcastProcessor.class, function, keyContext, collector());
        }
        AllKeysContext allKeys = new AllKeysContext(context(), states, collector(), keyedState(), functionContext());
        return specialised(MethodHandles.lookup(), AllKeysProcessor.class, function, allKeys, collector());
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
