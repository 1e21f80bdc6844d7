// SPDX-License-Identifier: Apache-2.0
package io.millrace.api.source;

import io.millrace.api.Stable;

/** Where a reader puts its records; watermarks are kept for each split. */
@Stable
public interface ReaderOutput<T> {
    /** The output of a split, made at its first call; the split holds the subtask's watermark from then on. */
    SplitOutput<T> forSplit(String splitId);

    /** The split is read to its end and no longer holds the watermark. */
    void finishSplit(String splitId);
}
