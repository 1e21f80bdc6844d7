// SPDX-License-Identifier: Apache-2.0
package io.millrace.api.time;

import io.millrace.api.Stable;

/** The special values of event-time timestamps, which are milliseconds since 1970-01-01T00:00Z. */
@Stable
public final class Timestamps {
    /** A record without a timestamp, and a watermark that says nothing yet. */
    public static final long NONE = Long.MIN_VALUE;

    /** The watermark after the last record of a bounded stream. */
    public static final long END = Long.MAX_VALUE;

    private Timestamps() {}
}
