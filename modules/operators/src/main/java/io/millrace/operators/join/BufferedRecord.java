// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.join;

/** A record that waits for partners. Confined to the subtask. */
final class BufferedRecord {
    final Object value;
    final long timestamp;
    /** True once it has had a partner; kept in outer joins alone. */
    boolean matched;

    BufferedRecord(Object value, long timestamp, boolean matched) {
        this.value = value;
        this.timestamp = timestamp;
        this.matched = matched;
    }
}
