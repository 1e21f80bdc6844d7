// SPDX-License-Identifier: Apache-2.0
package io.millrace.runtime.chain;

import io.millrace.runtime.channel.Outputs;
import java.util.List;

/** Whether the gate is idle, and what the operators of a chain make of it for those behind. Confined to one subtask. */
final class ChainIdleness {
    private final List<OperatorChain.Member> members;
    private final Outputs outputs;
    private boolean inputIdle;
    /** At first what operators know of it from a checkpoint has not been told. */
    private boolean changed = true;

    ChainIdleness(List<OperatorChain.Member> members, Outputs outputs) {
        this.members = members;
        this.outputs = outputs;
    }

    void setInputIdle(boolean idle) {
        if (idle != inputIdle) {
            inputIdle = idle;
            changed = true;
        }
    }

    /** An operator's answer has changed. */
    void changed() {
        changed = true;
    }

    /** Tells the outputs if anything has changed. */
    void pass() {
        if (!changed) {
            return;
        }
        changed = false;
        boolean idle = inputIdle;
        for (OperatorChain.Member member : members) {
            idle = member.operator().outputIdle(idle);
        }
        outputs.sendIdleness(idle);
    }
}
