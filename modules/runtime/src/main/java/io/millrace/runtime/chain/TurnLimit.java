// SPDX-License-Identifier: Apache-2.0
package io.millrace.runtime.chain;

import java.util.function.BooleanSupplier;

/** Whether a subtask's turn is over, for operators that emit on their own account. Confined to one subtask. */
final class TurnLimit {
    /** Questions between two looks at the clock. */
    private static final int QUESTIONS_A_LOOK = 64;

    private BooleanSupplier isOver = () -> false;
    private int asked;
    private boolean interrupted;

    void set(BooleanSupplier newIsOver) {
        this.isOver = newIsOver;
    }

    boolean mustStop() {
        if (++asked % QUESTIONS_A_LOOK == 0 && isOver.getAsBoolean()) {
            interrupted = true;
            return true;
        }
        return false;
    }

    /** True when somebody had to stop since the last call. */
    boolean takeInterrupted() {
        boolean was = interrupted;
        interrupted = false;
        return was;
    }
}
