// SPDX-License-Identifier: Apache-2.0
package io.millrace.runtime.loop;

import java.nio.file.Path;

/**
 * Settings of feedback loops.
 *
 * @param directory where queues spill to; what is left there of an earlier run is deleted
 * @param memoryRecords records that a queue holds in memory, about; at least 1
 * @param diskBytes most bytes that a queue may hold on disk; a queue that needs more fails
 */
public record LoopSettings(Path directory, int memoryRecords, long diskBytes) {
    private static final int MEMORY_RECORDS = 65_536;
    private static final long DISK_BYTES = 1L << 30;

    public LoopSettings {
        if (memoryRecords < 1 || diskBytes < 0) {
            throw new IllegalArgumentException(
                    "millrace.loop needs memory-records of at least 1 and a disk-budget of at" + " least 0; found "
                            + memoryRecords + " and " + diskBytes + ".");
        }
    }

    /** Spills into the temporary directory of the system. */
    public static LoopSettings defaults() {
        return new LoopSettings(
                Path.of(System.getProperty("java.io.tmpdir"), "millrace-loops"), MEMORY_RECORDS, DISK_BYTES);
    }
}
