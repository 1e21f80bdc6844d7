// SPDX-License-Identifier: Apache-2.0
package io.millrace.api.graph;

import io.millrace.api.Internal;
import io.millrace.api.function.AggregateFunction;
import io.millrace.api.function.ProcessWindowFunction;
import io.millrace.api.function.ReduceFunction;
import io.millrace.api.types.TypeHint;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How the records of a window become its result. */
@Internal
public sealed interface WindowBody {
    /** What turns the aggregate (or the records) into results; null to emit the aggregate itself. */
    @Nullable
    ProcessWindowFunction<?, ?, ?, ?> windowFunction();

    /** A word for plans and fingerprints. */
    String label();

    /** The functions that it runs; nulls are left out. */
    List<@Nullable Object> functions();

    /** The declared type of what a window keeps, or null. */
    @Nullable
    TypeHint<?> stateType();

    /** The declared types of what a window keeps; nulls where none was declared. */
    default List<@Nullable TypeHint<?>> stateTypes() {
        return Collections.singletonList(stateType());
    }

    /** Folded record by record into one value of the records' type. */
    record Reducing(
            ReduceFunction<?> function,
            @Nullable TypeHint<?> type,
            @Nullable ProcessWindowFunction<?, ?, ?, ?> windowFunction)
            implements WindowBody {
        @Override
        public String label() {
            return "reducing";
        }

        @Override
        public List<@Nullable Object> functions() {
            return Arrays.asList(function, windowFunction);
        }

        @Override
        public @Nullable TypeHint<?> stateType() {
            return type;
        }
    }

    /** Folded record by record into an accumulator. */
    record Aggregating(
            AggregateFunction<?, ?, ?> function,
            @Nullable TypeHint<?> accumulatorType,
            @Nullable ProcessWindowFunction<?, ?, ?, ?> windowFunction)
            implements WindowBody {
        @Override
        public String label() {
            return "aggregating";
        }

        @Override
        public List<@Nullable Object> functions() {
            return Arrays.asList(function, windowFunction);
        }

        @Override
        public @Nullable TypeHint<?> stateType() {
            return accumulatorType;
        }
    }

    /** All records kept until the window fires. */
    record Buffering(@Nullable TypeHint<?> recordType, ProcessWindowFunction<?, ?, ?, ?> windowFunction)
            implements WindowBody {
        @Override
        public String label() {
            return "buffering";
        }

        @Override
        public List<@Nullable Object> functions() {
            return Arrays.asList(windowFunction);
        }

        @Override
        public @Nullable TypeHint<?> stateType() {
            return recordType;
        }
    }

    /** All records kept, for an evictor to choose from, and folded when the window fires. */
    record Keeping(@Nullable TypeHint<?> recordType, WindowBody folding) implements WindowBody {
        @Override
        public @Nullable ProcessWindowFunction<?, ?, ?, ?> windowFunction() {
            return folding.windowFunction();
        }

        @Override
        public String label() {
            return "keeping, " + folding.label();
        }

        @Override
        public List<@Nullable Object> functions() {
            return folding.functions();
        }

        @Override
        public @Nullable TypeHint<?> stateType() {
            return recordType;
        }
    }

    /**
     * All records of two streams kept, each as a {@link SidedRecord}, until the window fires.
     *
     * @param given what the user gave, which the window function calls
     */
    record CoGrouping(
            @Nullable TypeHint<?> leftType,
            @Nullable TypeHint<?> rightType,
            ProcessWindowFunction<?, ?, ?, ?> windowFunction,
            Object given)
            implements WindowBody {
        @Override
        public String label() {
            return "coGrouping";
        }

        @Override
        public List<@Nullable Object> functions() {
            return Arrays.asList(given);
        }

        /** There are two: see {@link #stateTypes}. */
        @Override
        public @Nullable TypeHint<?> stateType() {
            return null;
        }

        @Override
        public List<@Nullable TypeHint<?>> stateTypes() {
            return Arrays.asList(leftType, rightType);
        }
    }
}
