// SPDX-License-Identifier: Apache-2.0
package io.millrace.api.function;

import io.millrace.api.Stable;
import io.millrace.api.stream.OutputTag;
import org.jspecify.annotations.Nullable;

/**
 * Makes results of a pair of records of two streams that have the same key and belong together in time.
 *
 * @param <L> records of the left stream
 * @param <R> records of the right stream
 * @param <O> results
 */
@Stable
@FunctionalInterface
public interface ProcessJoinFunction<L, R, O> extends RichFunction {
    /** What the function can ask and do while it handles a pair. Valid during the call only. */
    interface Context {
        /** The left record's event time, or {@link io.millrace.api.time.Timestamps#NONE} where there is no left record. */
        long leftTimestamp();

        /** The right record's event time, or {@link io.millrace.api.time.Timestamps#NONE} where there is none. */
        long rightTimestamp();

        /** The timestamp of the results. */
        long timestamp();

        /** Emits to a side output, with the timestamp of the results. */
        <X> void output(OutputTag<X> tag, X record);
    }

    /**
     * @param left the left record; null only in right and full outer joins, where the right record has no partner
     * @param right the right record; null only in left and full outer joins, where the left record has no partner
     */
    void processElement(@Nullable L left, @Nullable R right, Context context, Collector<O> out) throws Exception;
}
