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
 */
@Internal
public record StreamInput(
        Transformation source,
        Partitioning partitioning,
        @Nullable OutputTag<?> sideOutput) {}
