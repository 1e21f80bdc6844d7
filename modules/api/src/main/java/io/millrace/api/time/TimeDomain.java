// SPDX-License-Identifier: Apache-2.0
package io.millrace.api.time;

import io.millrace.api.Stable;

/** Which of both times a timer was set in. */
@Stable
public enum TimeDomain {
    /** The time that stands in the records, as far as the watermark has come. */
    EVENT_TIME,
    /** The clock of the node. */
    PROCESSING_TIME
}
