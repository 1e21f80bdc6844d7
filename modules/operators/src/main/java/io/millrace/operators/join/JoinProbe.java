// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.join;

/**
 * A record that is being paired with what the other side has waiting, and how far that has come: it may stop at a full
 * output. Confined to the subtask.
 */
final class JoinProbe {
    final BufferedRecord record;
    final boolean left;
    /** Where to go on: a bucket of the other side, and an index in it. */
    long bucket;

    int index;

    JoinProbe(BufferedRecord record, boolean left, long bucket, int index) {
        this.record = record;
        this.left = left;
        this.bucket = bucket;
        this.index = index;
    }
}
