// SPDX-License-Identifier: Apache-2.0
package io.millrace.runtime.loop;

import io.millrace.runtime.protocol.RecordBatch;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A piece of a queue that is in memory, on its way to disk, or there. The queue and snapshots that are being written hold
 * it; the last of them deletes the file. Confined to the subtask, but for {@link #release}.
 */
final class Segment {
    private final SpillFolder folder;
    private final String name;
    private final int records;
    private final AtomicInteger holders = new AtomicInteger(1);
    /** Null once they are on disk. */
    private @Nullable List<RecordBatch> batches;

    private long bytes;
    private boolean reading;

    Segment(SpillFolder folder, String name, List<RecordBatch> batches, int records) {
        this.folder = folder;
        this.name = name;
        this.batches = batches;
        this.records = records;
    }

    int records() {
        return records;
    }

    /** Its batches, or null where they are on disk. */
    @Nullable
    List<RecordBatch> inMemory() {
        return batches;
    }

    void written(long length) {
        bytes = length;
        batches = null;
    }

    /** Bytes on disk; 0 while they are not there. */
    long bytes() {
        return bytes;
    }

    boolean isReading() {
        return reading;
    }

    void beginReading() {
        reading = true;
    }

    byte[] read() throws IOException {
        return folder.read(name);
    }

    void write(byte[] content) throws IOException {
        folder.write(name, content);
    }

    void hold() {
        holders.incrementAndGet();
    }

    /** From any thread. */
    void release() throws IOException {
        if (holders.decrementAndGet() == 0) {
            folder.delete(name);
        }
    }
}
