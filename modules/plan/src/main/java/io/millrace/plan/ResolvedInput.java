// SPDX-License-Identifier: Apache-2.0
package io.millrace.plan;

import io.millrace.api.graph.Partitioning;
import io.millrace.api.graph.Transformation;
import io.millrace.api.stream.OutputTag;
import io.millrace.api.types.TypeHint;
import org.jspecify.annotations.Nullable;

/**
 * One input of an operator after the unions are gone.
 *
 * @param producer the operator that emits the records; never a union
 * @param consumer the operator that takes them; never a union
 * @param partitioning how they are spread
 * @param sideOutput the producer's side output, or null for its main output
 * @param recordType the records' declared type, or null
 * @param ordinal which of the consumer's inputs it is
 */
record ResolvedInput(
        Transformation producer,
        Transformation consumer,
        Partitioning partitioning,
        @Nullable OutputTag<?> sideOutput,
        @Nullable TypeHint<?> recordType,
        int ordinal) {

    boolean isHash() {
        return partitioning instanceof Partitioning.Hash;
    }

    boolean isForward() {
        return partitioning instanceof Partitioning.Forward;
    }
}
