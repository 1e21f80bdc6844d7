// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.harness;

import java.util.Map;

/** A finished snapshot with the watermark at its barrier. */
public record OperatorSnapshotCopy(
        long checkpointId, long watermark, FakeKeyedState.Copy keyed, Map<String, byte[]> parts) {
    /** Of an operator that keeps nothing. */
    public static final OperatorSnapshotCopy EMPTY = new OperatorSnapshotCopy(0, Long.MIN_VALUE, null, Map.of());

    /** The same with other bytes in a part. */
    public OperatorSnapshotCopy with(String part, byte[] bytes) {
        return new OperatorSnapshotCopy(checkpointId, watermark, keyed, Map.of(part, bytes));
    }
}
