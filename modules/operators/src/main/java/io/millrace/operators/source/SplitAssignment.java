// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.source;

import io.millrace.api.source.SourceSplit;
import org.jspecify.annotations.Nullable;

/**
 * What an enumerator sends to a reader, as a record.
 *
 * @param subtaskIndex the reader, from 0
 * @param split a split to read, or null: the reader will get no more
 */
public record SplitAssignment(int subtaskIndex, @Nullable SourceSplit split) {}
