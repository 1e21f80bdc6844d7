// SPDX-License-Identifier: Apache-2.0
package io.millrace.api.graph;

import io.millrace.api.Internal;
import io.millrace.api.function.AggregateFunction;
import io.millrace.api.function.ProcessWindowFunction;
import io.millrace.api.function.ReduceFunction;
import io.millrace.api.types.TypeHint;
import org.jspecify.annotations.Nullable;

/** How the records of a window become its result. */
@Internal
public sealed interface WindowBody {
    /** What turns the aggregate (or the records) into results; null to emit the aggregate itself. */
    @Nullable
    ProcessWindowFunction<?, ?, ?, ?> windowFunction();

    /** Folded record by record into one value of the records' type. */
    record Reducing(
            ReduceFunction<?> function,
            @Nullable TypeHint<?> type,
            @Nullable ProcessWindowFunction<?, ?, ?, ?> windowFunction)
            implements WindowBody {}

    /** Folded record by record into an accumulator. */
    record Aggregating(
            AggregateFunction<?, ?, ?> function,
            @Nullable TypeHint<?> accumulatorType,
            @Nullable ProcessWindowFunction<?, ?, ?, ?> windowFunction)
            implements WindowBody {}

    /** All records kept until the window fires. */
    record Buffering(@Nullable TypeHint<?> recordType, ProcessWindowFunction<?, ?, ?, ?> windowFunction)
            implements WindowBody {}
}
