// SPDX-License-Identifier: Apache-2.0
package io.millrace.api.stream;

import io.millrace.api.JobDefinitionException;
import io.millrace.api.Stable;
import io.millrace.api.window.Window;
import io.millrace.api.window.WindowAssigner;

/** Two keyed streams that are to be grouped together, waiting for their windows. */
@Stable
public final class CoGroupable<K, L, R> {
    private final KeyedStream<K, L> left;
    private final KeyedStream<K, R> right;

    CoGroupable(KeyedStream<K, L> left, KeyedStream<K, R> right) {
        if (left.plan != right.plan) {
            throw new JobDefinitionException(
                    "Streams of one job share windows; " + right.node.name() + " belongs to another environment.");
        }
        this.left = left;
        this.right = right;
    }

    /** Puts the records of both streams into windows. */
    public <W extends Window> CoGroupedWindows<K, L, R, W> window(WindowAssigner<Object, W> assigner) {
        return new CoGroupedWindows<>(left, right, assigner);
    }
}
