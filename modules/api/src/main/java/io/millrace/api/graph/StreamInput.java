// SPDX-License-Identifier: Apache-2.0
package io.millrace.api.graph;

import io.millrace.api.Internal;
import io.millrace.api.stream.OutputTag;
import org.jspecify.annotations.Nullable;

/**
 * One input of an operator.
 *
 * @param source the operator it reads
 * @param partitioning how records are spread over the reader's subtasks
 * @param sideOutput the side output it reads, or null for the main output
 * @param ordinal which of the operator's inputs it is, from 0; those of one ordinal are seen as one stream
 */
@Internal
public record StreamInput(
        Transformation source,
        Partitioning partitioning,
        @Nullable OutputTag<?> sideOutput,
        int ordinal) {
    public StreamInput(Transformation source, Partitioning partitioning, @Nullable OutputTag<?> sideOutput) {
        this(source, partitioning, sideOutput, 0);
    }

    /** The same stream as another input of an operator. */
    public StreamInput as(int otherOrdinal) {
        return new StreamInput(source, partitioning, sideOutput, otherOrdinal);
    }
}
