// SPDX-License-Identifier: Apache-2.0
package io.millrace.api.function;

import io.millrace.api.Stable;

/** The life of a function: opened before the first record of an epoch, closed after the last. */
@Stable
public interface RichFunction {
    /** Called once before any record, possibly on another thread than the records. */
    default void open(RuntimeContext context) throws Exception {}

    /** Called once when the subtask stops or falls back to an earlier checkpoint. */
    default void close() throws Exception {}
}
