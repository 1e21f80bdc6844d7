// SPDX-License-Identifier: Apache-2.0
package io.millrace.api.source;

import io.millrace.api.Stable;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;

/**
 * Assigns splits that are all known at the start. They are dealt out evenly, up to a number a reader; the rest goes one
 * by one to the readers that ask. Every reader is told when none are left.
 */
@Stable
public final class FixedSplitEnumerator<S extends SourceSplit> implements SplitEnumerator<S, List<S>> {
    /** Splits that a reader is given before it asks. */
    public static final int SPLITS_A_READER = 64;

    private final SplitEnumeratorContext<S> context;
    private final Deque<S> unassigned;

    public FixedSplitEnumerator(SplitEnumeratorContext<S> context, Collection<S> splits) {
        this.context = context;
        this.unassigned = new ArrayDeque<>(splits);
    }

    @Override
    public void start() {
        for (int i = 0; i < SPLITS_A_READER && !unassigned.isEmpty(); i++) {
            for (int reader = 0; reader < context.parallelism() && !unassigned.isEmpty(); reader++) {
                context.assignSplit(unassigned.remove(), reader);
            }
        }
        signalWhenDone();
    }

    @Override
    public void handleSplitRequest(int subtaskIndex) {
        if (!unassigned.isEmpty()) {
            context.assignSplit(unassigned.remove(), subtaskIndex);
            signalWhenDone();
        }
    }

    private void signalWhenDone() {
        if (unassigned.isEmpty()) {
            for (int reader = 0; reader < context.parallelism(); reader++) {
                context.signalNoMoreSplits(reader);
            }
        }
    }

    @Override
    public List<S> snapshotState(long checkpointId) {
        return new ArrayList<>(unassigned);
    }

    @Override
    public void close() {}
}
