// SPDX-License-Identifier: Apache-2.0
package io.millrace.api.function;

import io.millrace.api.Stable;

/** Takes the records that a function emits; they get the timestamp of the record or timer being processed. */
@Stable
public interface Collector<T> {
    /** Emits a record, which must not be changed afterwards. Never null. */
    void collect(T record);
}
