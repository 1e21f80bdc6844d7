// SPDX-License-Identifier: Apache-2.0
package io.millrace.runtime.loop;

import io.millrace.runtime.protocol.ChannelElement.Probe;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * When a probe has come on all channels of a subtask in a loop, and what it says then. Channels that come from outside
 * the loop bring none, so the probe waits for their end: until then they may bring what leads to feedback. No channel
 * waits for another. Pure.
 */
final class ProbeAligner {
    private final List<Deque<Probe>> waiting = new ArrayList<>();
    private final BitSet ended = new BitSet();

    ProbeAligner(int channels) {
        for (int i = 0; i < channels; i++) {
            waiting.add(new ArrayDeque<>());
        }
    }

    void offer(int channel, Probe probe) {
        waiting.get(channel).add(probe);
    }

    void end(int channel) {
        ended.set(channel);
    }

    /** The next probe that all channels have brought, with the least count of quiet rounds among them; or null. */
    @Nullable
    Probe poll() {
        Probe merged = null;
        for (int i = 0; i < waiting.size(); i++) {
            Probe next = waiting.get(i).peek();
            if (next == null && !ended.get(i)) {
                return null;
            }
            merged = next == null ? merged : merge(merged, next);
        }
        if (merged != null) {
            waiting.forEach(Deque::poll);
        }
        return merged;
    }

    private static Probe merge(@Nullable Probe merged, Probe next) {
        if (merged == null) {
            return next;
        }
        if (merged.round() != next.round()) {
            throw new IllegalStateException("Probes of rounds " + merged.round() + " and " + next.round()
                    + " stand at the same place of two channels: each head must send every round once.");
        }
        return merged.quiet() <= next.quiet() ? merged : next;
    }
}
