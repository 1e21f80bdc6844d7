// SPDX-License-Identifier: Apache-2.0
package io.millrace.runtime.chain;

import java.util.function.BooleanSupplier;

/** Tells operators that emit on their own account when the turn is over, looking at the clock now and then. */
final class TurnEnd {
    /** Questions whether to stop between two looks at the clock. */
    private static final int STEPS_A_LOOK = 64;

    private BooleanSupplier isOver = () -> false;
    private int asked;
    private boolean interrupted;

    void setRule(BooleanSupplier rule) {
        this.isOver = rule;
    }

    /** True when the turn is over: who asked is interrupted. */
    boolean interrupts() {
        if (++asked % STEPS_A_LOOK == 0 && isOver.getAsBoolean()) {
            interrupted = true;
            return true;
        }
        return false;
    }

    boolean hasInterrupted() {
        return interrupted;
    }

    /** True when somebody was interrupted since the last call. */
    boolean takeInterrupted() {
        boolean was = interrupted;
        interrupted = false;
        return was;
    }
}
