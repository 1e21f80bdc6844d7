// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.builtin;

import io.millrace.operators.RecordProcessor;

/** What a watermark operator sees of its records. */
abstract class TimestampedRecords implements RecordProcessor {
    /** Records that have come; counted by the subclass. */
    long seen;
}
