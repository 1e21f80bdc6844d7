// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.builtin;

import io.millrace.api.function.BroadcastProcessFunction;
import io.millrace.api.state.MapStateDescriptor;
import io.millrace.operators.RecordProcessor;
import java.lang.invoke.MethodHandles;
import java.util.List;

/** Runs a function on a stream without keys and a broadcast one. */
final class BroadcastOperator extends FunctionOperator {
    private final BroadcastProcessFunction<Object, Object, Object> function;
    private final List<MapStateDescriptor<?, ?>> descriptors;
    private BroadcastStates states;

    BroadcastOperator(
            BroadcastProcessFunction<Object, Object, Object> function, List<MapStateDescriptor<?, ?>> descriptors) {
        super(List.of(function));
        this.function = function;
        this.descriptors = descriptors;
    }

    @Override
    void openOperatorState() {
        states = new BroadcastStates(context(), operatorStates(), descriptors);
    }

    @Override
    public RecordProcessor processor() {
        return processor(0);
    }

    @Override
    public RecordProcessor processor(int input) {
        return specialised(
                MethodHandles.lookup(),
                BroadcastProcessor.class,
                function,
                new BroadcastContext(context(), states, collector()),
                collector(),
                input == 1);
    }
}
