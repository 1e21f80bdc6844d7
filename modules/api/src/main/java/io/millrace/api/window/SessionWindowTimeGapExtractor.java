// SPDX-License-Identifier: Apache-2.0
package io.millrace.api.window;

import io.millrace.api.Stable;

/** Says how long a session stays open after a record. */
@Stable
@FunctionalInterface
public interface SessionWindowTimeGapExtractor<T> {
    /** Milliseconds, at least 1. */
    long extract(T record);
}
