// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.builtin;

import io.millrace.api.function.RichFunction;
import io.millrace.operators.OperatorContext;
import io.millrace.state.KeyedStateBackend;
import java.util.List;

/**
 * An operator with keyed state, and possibly timers.
 *
 * <p>Timers fire in the order of time until none is due or the output is full. The queue is the cursor: a fired timer is
 * gone from it, so a later call, or one after a restore, goes on with the next. A timer that is set meanwhile and is due
 * fires in its turn.
 */
public abstract class KeyedOperator extends FunctionOperator {
    private KeyedStateBackend state;

    protected KeyedOperator(List<RichFunction> functions) {
        super(functions);
    }

    @Override
    public void open(OperatorContext operatorContext) throws Exception {
        state = operatorContext.keyedState();
        openState(operatorContext);
        super.open(operatorContext);
    }

    /** Gets the engine's own state ready; the functions are opened after it. */
    protected abstract void openState(OperatorContext operatorContext);

    @Override
    protected final KeyedStateBackend keyedState() {
        return state;
    }

    @Override
    final boolean keepsKeyedState(KeyedStateBackend any) {
        return true;
    }
}
