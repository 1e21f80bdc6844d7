// SPDX-License-Identifier: Apache-2.0
package io.millrace.plan;

import io.millrace.api.function.KeySelector;
import io.millrace.api.function.Partitioner;
import io.millrace.api.stream.OutputTag;
import io.millrace.api.types.TypeHint;
import org.jspecify.annotations.Nullable;

/**
 * An edge from a vertex to another.
 *
 * @param index position in the graph
 * @param from index of the sending vertex
 * @param to index of the receiving vertex
 * @param fromOperator position in the sender's chain of the operator whose output it carries
 * @param sideOutput the side output it carries, or null for the main output
 * @param partitioning how records are spread
 * @param keySelector takes the key, for {@link EdgePartitioning#HASH} and {@link EdgePartitioning#CUSTOM}; else null
 * @param keyType the key's declared type, or null
 * @param recordType the records' declared type, or null
 * @param input which input of the receiver's first operator it leads to
 * @param partitioner picks the receiver by the key, for {@link EdgePartitioning#CUSTOM}; else null
 */
public record Edge(
        int index,
        int from,
        int to,
        int fromOperator,
        @Nullable OutputTag<?> sideOutput,
        EdgePartitioning partitioning,
        @Nullable KeySelector<?, ?> keySelector,
        @Nullable TypeHint<?> keyType,
        @Nullable TypeHint<?> recordType,
        int input,
        @Nullable Partitioner<?> partitioner) {}
