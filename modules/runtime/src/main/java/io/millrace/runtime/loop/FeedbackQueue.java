// SPDX-License-Identifier: Apache-2.0
package io.millrace.runtime.loop;

import io.millrace.operators.OperatorContext;
import io.millrace.runtime.protocol.RecordBatch;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * What has come back to the head of a loop and waits to go round again, in order. The front and the back are in memory;
 * where they are too long, segments between them go to disk and come back when their turn is near. Files are written and
 * read on IO threads. Confined to the subtask.
 *
 * <pre>
 *   poll ◀── front (≤ 2 pieces) ◀── segments: [in memory, being written | on disk] ◀── back (≤ 1 piece) ◀── add
 * </pre>
 */
final class FeedbackQueue {
    /** Runs something on an IO thread and hands its outcome to the subtask. */
    interface Io {
        <R> void run(Callable<R> call, OperatorContext.AsyncHandler<R> handler);
    }

    /** Parts of the memory: two in front, one at the back, two being written, one being read. */
    private static final int PIECES_IN_MEMORY = 6;

    private static final int MOST_WRITES = 2;

    private final LoopSettings settings;
    private final int pieceRecords;
    private final SpillFolder folder;
    private final String filePrefix;
    private final FeedbackCodec codec;
    private final Io io;
    private final String description;
    private final Deque<RecordBatch> front = new ArrayDeque<>();
    private final Deque<Segment> segments = new ArrayDeque<>();
    private List<RecordBatch> back = new ArrayList<>();
    private int frontRecords;
    private int backRecords;
    private long records;
    private int writing;
    private long numbered;

    /**
     * @param folder where segments go
     * @param filePrefix begins the names of its files
     * @param description for errors
     */
    FeedbackQueue(
            LoopSettings settings,
            SpillFolder folder,
            String filePrefix,
            FeedbackCodec codec,
            Io io,
            String description) {
        this.settings = settings;
        this.pieceRecords = Math.max(1, settings.memoryRecords() / PIECES_IN_MEMORY);
        this.folder = folder;
        this.filePrefix = filePrefix;
        this.codec = codec;
        this.io = io;
        this.description = description;
    }

    /** Records that wait. */
    long size() {
        return records;
    }

    /** False while the disk is behind: then nothing should be added. */
    boolean isOpen() {
        return writing < MOST_WRITES;
    }

    /** Adds a batch that will not change any more. */
    void add(RecordBatch batch) {
        int size = batch.size();
        if (size == 0) {
            return;
        }
        records += size;
        if (segments.isEmpty() && back.isEmpty() && frontRecords < 2 * pieceRecords) {
            front.add(batch);
            frontRecords += size;
            return;
        }
        back.add(batch);
        backRecords += size;
        if (backRecords >= pieceRecords) {
            spillBack();
        }
    }

    private void spillBack() {
        Segment segment = new Segment(folder, filePrefix + numbered++, back, backRecords);
        List<RecordBatch> batches = back;
        back = new ArrayList<>();
        backRecords = 0;
        segments.add(segment);
        writing++;
        segment.hold();
        FeedbackCodec own = codec.duplicate();
        io.<Integer>run(
                () -> {
                    byte[] bytes = own.write(batches);
                    segment.write(bytes);
                    return bytes.length;
                },
                (length, error) -> {
                    writing--;
                    rethrow(error, "write");
                    onWritten(segment, length == null ? 0 : length);
                });
    }

    private void onWritten(Segment segment, int length) throws IOException {
        if (segments.contains(segment)) {
            segment.written(length);
            requireBudget();
            fill();
        }
        segment.release();
    }

    private void requireBudget() throws IOException {
        long used = segments.stream().mapToLong(Segment::bytes).sum();
        if (used > settings.diskBytes()) {
            throw new IOException("The feedback of " + description + " takes more than the "
                    + settings.diskBytes() + " bytes that it may take on disk (millrace.loop.disk-budget): " + records
                    + " records wait. Let fewer records come back for each that is sent, or raise the budget.");
        }
    }

    /** The next batch, taken out; null when none waits, or when it is still being read. */
    @Nullable
    RecordBatch poll() {
        fill();
        RecordBatch next = front.poll();
        if (next != null) {
            frontRecords -= next.size();
            records -= next.size();
        }
        return next;
    }

    /** Brings the next segments to the front while there is room. */
    private void fill() {
        while (frontRecords < pieceRecords && !segments.isEmpty()) {
            Segment next = segments.getFirst();
            List<RecordBatch> batches = next.inMemory();
            if (batches == null) {
                read(next);
                return;
            }
            segments.remove();
            toFront(batches, next.records());
            releaseNow(next);
        }
        if (segments.isEmpty() && frontRecords < pieceRecords && !back.isEmpty()) {
            toFront(back, backRecords);
            back = new ArrayList<>();
            backRecords = 0;
        }
    }

    private void toFront(List<RecordBatch> batches, int count) {
        front.addAll(batches);
        frontRecords += count;
    }

    private void read(Segment segment) {
        if (segment.isReading()) {
            return;
        }
        segment.beginReading();
        FeedbackCodec own = codec.duplicate();
        io.<List<RecordBatch>>run(() -> own.read(segment.read()), (batches, error) -> {
            rethrow(error, "read");
            segments.remove(segment);
            toFront(batches == null ? List.of() : batches, segment.records());
            segment.release();
        });
    }

    private void rethrow(@Nullable Throwable error, String what) throws IOException {
        if (error != null) {
            throw new IOException(
                    "The feedback of " + description + " cannot be spilled to " + settings.directory() + " (to " + what
                            + " failed): " + error.getMessage(),
                    error);
        }
    }

    private static void releaseNow(Segment segment) {
        try {
            segment.release();
        } catch (IOException e) {
            // A file too many; the folder is emptied when the queue is closed.
            return;
        }
    }

    /** What waits, as of now. To be written by {@link Contents#write} on an IO thread. */
    Contents contents() {
        List<Object> pieces = new ArrayList<>();
        pieces.add(List.copyOf(front));
        for (Segment segment : segments) {
            List<RecordBatch> batches = segment.inMemory();
            if (batches == null) {
                segment.hold();
                pieces.add(segment);
            } else {
                pieces.add(batches);
            }
        }
        pieces.add(List.copyOf(back));
        return new Contents(pieces, codec.duplicate());
    }

    /** Batches that do not wait here, to be written in the same way. */
    Contents contentsOf(List<RecordBatch> batches) {
        return new Contents(List.of(batches), codec.duplicate());
    }

    /** What a queue held at a time. Used once, by any thread. */
    static final class Contents {
        private final List<Object> pieces;
        private final FeedbackCodec codec;

        private Contents(List<Object> pieces, FeedbackCodec codec) {
            this.pieces = pieces;
            this.codec = codec;
        }

        /** Bytes that {@link FeedbackCodec} reads. */
        @SuppressWarnings("unchecked")
        byte[] write() throws IOException {
            List<RecordBatch> all = new ArrayList<>();
            for (Object piece : pieces) {
                if (piece instanceof Segment segment) {
                    all.addAll(codec.read(segment.read()));
                    segment.release();
                } else {
                    all.addAll((List<RecordBatch>) piece);
                }
            }
            return codec.write(all);
        }
    }
}
