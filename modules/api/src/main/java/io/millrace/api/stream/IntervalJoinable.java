// SPDX-License-Identifier: Apache-2.0
package io.millrace.api.stream;

import io.millrace.api.JobDefinitionException;
import io.millrace.api.Stable;
import java.time.Duration;

/** Two keyed streams that are to be joined, waiting to be told how near their records have to be. */
@Stable
public final class IntervalJoinable<K, L, R> {
    private final KeyedStream<K, L> left;
    private final KeyedStream<K, R> right;

    IntervalJoinable(KeyedStream<K, L> left, KeyedStream<K, R> right) {
        if (left.plan != right.plan) {
            throw new JobDefinitionException(
                    "A join takes streams of one job; " + right.node.name() + " belongs to another environment.");
        }
        this.left = left;
        this.right = right;
    }

    /**
     * Takes right records from {@code lower} to {@code upper} after the left one, both included; negative is before.
     */
    public IntervalJoin<K, L, R> between(Duration lower, Duration upper) {
        return new IntervalJoin<>(left, right, lower, upper);
    }

    /**
     * Takes all pairs whose times differ by {@code retention} at most: a record is kept for that long. For streams that
     * are to be joined as such, where only the size of the state bounds how far apart partners may be.
     */
    public IntervalJoin<K, L, R> retaining(Duration retention) {
        if (retention.isNegative()) {
            throw new JobDefinitionException("A join cannot keep records for a negative time: " + retention + ".");
        }
        return new IntervalJoin<>(left, right, retention.negated(), retention);
    }
}
