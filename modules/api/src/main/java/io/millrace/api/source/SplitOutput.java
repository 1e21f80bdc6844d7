// SPDX-License-Identifier: Apache-2.0
package io.millrace.api.source;

import io.millrace.api.Stable;

/** Takes the records of one split, in order. */
@Stable
public interface SplitOutput<T> {
    /** Emits a record without a timestamp of the source. */
    void collect(T record);

    /** Emits a record with the source's timestamp, milliseconds since the epoch. */
    void collect(T record, long timestamp);
}
