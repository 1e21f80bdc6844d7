// SPDX-License-Identifier: Apache-2.0
package io.millrace.state.memory;

/** What stands in the heap of timers: one timer, or all timers of a time. */
abstract class TimerNode {
    final long timestamp;

    /** Where it stands in the heap; for a timer in a bucket, where in that. The subtask's alone. */
    int place;

    TimerNode(long timestamp) {
        this.timestamp = timestamp;
    }
}
