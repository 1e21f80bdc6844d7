// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.builtin;

import io.millrace.api.function.RichFunction;
import io.millrace.operators.OperatorContext;
import io.millrace.operators.OperatorSnapshot;
import io.millrace.operators.Output;
import io.millrace.state.KeyedStateBackend;
import io.millrace.state.TimerQueue;
import java.util.List;
import java.util.Map;

/** An operator with keyed state, and possibly timers. */
abstract class KeyedOperator extends FunctionOperator {
    /** Handles a timer of the key that is now current. */
    @FunctionalInterface
    interface TimerAction<N> {
        void fire(TimerQueue.Timer<N> timer) throws Exception;
    }

    private KeyedStateBackend state;

    KeyedOperator(List<RichFunction> functions) {
        super(functions);
    }

    @Override
    public void open(OperatorContext operatorContext) throws Exception {
        state = operatorContext.keyedState();
        openState(operatorContext);
        super.open(operatorContext);
    }

    /** Gets the engine's own state ready; the functions are opened after it. */
    abstract void openState(OperatorContext operatorContext);

    @Override
    final KeyedStateBackend keyedState() {
        return state;
    }

    /**
     * Fires timers in the order of time until none is due or the output is full. The queue is the cursor: a fired timer
     * is gone from it, so a later call, or one after a restore, goes on with the next. A timer that is set meanwhile
     * and is due fires in its turn.
     *
     * @return true when none is due
     */
    final <N> boolean fireTimers(TimerQueue<N> timers, long watermark, TimerAction<N> action) throws Exception {
        Output output = context().output();
        while (!output.isFull()) {
            TimerQueue.Timer<N> timer = timers.pollUntil(watermark);
            if (timer == null) {
                return true;
            }
            state.setCurrentKey(timer.key(), timer.keyHash());
            action.fire(timer);
        }
        return false;
    }

    @Override
    public OperatorSnapshot snapshot(long checkpointId) throws Exception {
        return new OperatorSnapshot(state.snapshot(), Map.of());
    }
}
