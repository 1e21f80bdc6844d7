// SPDX-License-Identifier: Apache-2.0
package io.millrace.connector.files;

import io.millrace.api.source.SplitOutput;
import io.millrace.connector.files.RecordFormat.LineDecoder;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Turns the blocks of one split into records, and knows the position after the last one that was emitted.
 *
 * <p>A split owns the lines that begin in its range. Unless it begins with the file it is read from one byte before its
 * position, up to and with the next line end: that skips the rest of a line that began earlier, and nothing but the one
 * line end where a line begins right at the position, as it does after a restore.
 *
 * <p>The next record is decoded before it is due to be emitted ({@link #prepare}), so that a paced reader can see its
 * time; the position stays in front of it until it is emitted. Confined to the subtask.
 */
final class SplitCursor<T> {
    private static final int FIRST_CARRY_BYTES = 256;

    private final FileSplit split;
    private final BlockPrefetcher<T> blocks;
    private final int maxLineBytes;
    private final boolean hasHeader;
    private final String splitId;
    private @Nullable LineDecoder<T> decoder;

    private byte @Nullable [] block;
    private int at;
    private int limit;
    private byte[] carry = new byte[FIRST_CARRY_BYTES];
    private int carried;
    private boolean skipping;
    private long skipped;
    private long position;
    private long linesBefore;
    private @Nullable T prepared;
    private long positionAfterPrepared;
    private boolean fileEnded;
    private boolean done;

    SplitCursor(FileSplit split, BlockPrefetcher<T> blocks, int maxLineBytes, boolean hasHeader) {
        this.split = split;
        this.blocks = blocks;
        this.maxLineBytes = maxLineBytes;
        this.hasHeader = hasHeader;
        this.splitId = split.splitId();
        this.position = split.position();
        this.linesBefore = split.linesBefore();
        this.skipping = position > 0;
    }

    String splitId() {
        return splitId;
    }

    /** True when every line of the split has been emitted. */
    boolean done() {
        return done;
    }

    /** Whether there is something to do without waiting for the disk or the clock. */
    boolean hasNews() {
        return prepared == null && blocks.hasNews();
    }

    FileSplit snapshot() {
        return split.at(position, linesBefore);
    }

    void close() throws IOException {
        blocks.close();
    }

    /**
     * Emits up to {@code max} records that are there and due.
     *
     * @return how many
     */
    int emit(SplitOutput<T> out, int max, Pacing<T> pacing) throws IOException {
        int emitted = 0;
        while (emitted < max) {
            T record = prepare();
            if (record == null || !pacing.isDue(record)) {
                break;
            }
            // The position moves first: a barrier never comes between the two.
            position = positionAfterPrepared;
            countLine();
            prepared = null;
            done = atEnd();
            emitted++;
            out.collect(record);
        }
        return emitted;
    }

    /** The next record, decoded but not emitted; null when its bytes are not there yet or the split is done. */
    @Nullable
    T prepare() throws IOException {
        while (prepared == null && !done) {
            if (!skipping && !headerUnseen() && atEnd()) {
                done = true;
            } else if (block == null && !nextBlock()) {
                return null;
            } else if (fileEnded) {
                lastLine();
            } else {
                scanLine();
            }
        }
        return prepared;
    }

    private boolean atEnd() {
        return position >= split.end() || (fileEnded && prepared == null && carried == 0);
    }

    /** An empty file has to be opened too where a header is missing from it. */
    private boolean headerUnseen() {
        return hasHeader && position == 0 && !fileEnded;
    }

    private boolean nextBlock() throws IOException {
        BlockPrefetcher.Block next = blocks.poll();
        if (next == null) {
            return false;
        }
        decoder = blocks.decoder();
        block = next.bytes();
        at = 0;
        limit = next.length();
        fileEnded = limit == 0;
        return true;
    }

    /** Takes the line that ends in this block, or keeps what the block has of it. */
    private void scanLine() throws IOException {
        byte[] bytes = block;
        int from = at;
        int end = from;
        while (end < limit && bytes[end] != '\n') {
            end++;
        }
        if (end == limit) {
            keep(bytes, from, end);
            blocks.recycle(bytes);
            block = null;
            return;
        }
        at = end + 1;
        if (skipping) {
            skipTo(end - from + 1L);
        } else if (carried == 0) {
            take(bytes, from, end, 1);
        } else {
            keep(bytes, from, end);
            takeCarried(1);
        }
    }

    /** A file need not end with a line end. */
    private void lastLine() throws IOException {
        if (skipping || carried == 0) {
            done = true;
        } else {
            takeCarried(0);
        }
    }

    /** Only a range of which nothing is read yet may begin inside a line. */
    private void skipTo(long skippedHere) throws IOException {
        skipped += skippedHere;
        if (skipped > 1 && split.position() > split.start()) {
            throw FileBytes.changed(split, "no line begins at byte " + position + ", where the job was to read on");
        }
        position = FileBytes.firstByte(split) + skipped;
        skipping = false;
    }

    private void keep(byte[] bytes, int from, int to) throws IOException {
        int length = to - from;
        if (skipping) {
            // Only its length matters, and it belongs to the split before, which complains if it is too long.
            skipped += length;
            return;
        }
        checkLength((long) carried + length);
        if (carried + length > carry.length) {
            carry = Arrays.copyOf(carry, Math.max(carried + length, 2 * carry.length));
        }
        System.arraycopy(bytes, from, carry, carried, length);
        carried += length;
    }

    private void takeCarried(int lineEndBytes) throws IOException {
        int length = carried;
        carried = 0;
        take(carry, 0, length, lineEndBytes);
    }

    private void take(byte[] bytes, int lineFrom, int lineTo, int lineEndBytes) throws IOException {
        checkLength(lineTo - lineFrom);
        long next = position + (lineTo - lineFrom) + lineEndBytes;
        if (position == 0 && hasHeader) {
            passOver(next);
            return;
        }
        int from = position == 0 ? lineFrom + FileBytes.bomLength(bytes, lineFrom, lineTo) : lineFrom;
        int to = lineTo > from && bytes[lineTo - 1] == '\r' ? lineTo - 1 : lineTo;
        try {
            prepared = decoder.decode(bytes, from, to);
        } catch (MalformedLineException e) {
            throw new IOException(location() + ": " + e.getMessage(), e);
        }
        positionAfterPrepared = next;
        if (prepared == null) {
            passOver(next);
        }
    }

    private void passOver(long next) {
        position = next;
        countLine();
    }

    private void countLine() {
        if (linesBefore >= 0) {
            linesBefore++;
        }
    }

    private void checkLength(long length) throws IOException {
        if (length > maxLineBytes) {
            throw new IOException(location() + ": the line is longer than " + maxLineBytes
                    + " bytes. Is it a text file? If its lines are that long, raise withMaxLineSize.");
        }
    }

    private String location() {
        String where = linesBefore >= 0 ? "line " + (linesBefore + 1) : "the line that begins at byte " + position;
        return "File '" + split.path() + "', " + where;
    }
}
