// SPDX-License-Identifier: Apache-2.0
package io.millrace.connector.files;

import io.millrace.connector.files.RecordFormat.LineDecoder;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Reads the bytes of one split ahead, two blocks at a time, on the IO executor.
 *
 * <p>Threading: {@link #poll}, {@link #recycle}, {@link #decoder} and {@link #close} belong to the subtask. What both
 * sides share is guarded by this object's lock; the file itself belongs to the one IO task that {@code reading} stands
 * for, or to whoever closes when there is none. No lock is held while reading.
 */
final class BlockPrefetcher<T> {
    private static final int BLOCKS_AHEAD = 2;

    /** Bytes of a file; the last one of a file is shorter, and none at all is its end. */
    record Block(byte[] bytes, int length) {}

    private final FileSplit split;
    private final RecordFormat<T> format;
    private final FileSource.ReadLimits limits;
    private final Executor ioExecutor;
    private final Runnable onReady;

    private final Deque<Block> ready = new ArrayDeque<>();
    private final Deque<byte[]> free = new ArrayDeque<>();
    private @Nullable LineDecoder<T> decoder;
    private @Nullable FileBytes file;
    private @Nullable Throwable failure;
    private boolean reading;
    private boolean ended;
    private boolean closed;

    /**
     * @param onReady called on an IO thread when {@link #poll} has something new to say
     */
    BlockPrefetcher(
            FileSplit split,
            RecordFormat<T> format,
            FileSource.ReadLimits limits,
            Executor ioExecutor,
            Runnable onReady) {
        this.split = split;
        this.format = format;
        this.limits = limits;
        this.ioExecutor = ioExecutor;
        this.onReady = onReady;
    }

    /** Begins to read ahead where there is room. */
    void prefetch() {
        synchronized (this) {
            if (reading || ended || closed || failure != null || ready.size() >= BLOCKS_AHEAD) {
                return;
            }
            reading = true;
        }
        ioExecutor.execute(this::readAhead);
    }

    /** Whether {@link #poll} would give a block or throw. */
    synchronized boolean hasNews() {
        return failure != null || !ready.isEmpty();
    }

    /** The next block, or null when it is not read yet. */
    @Nullable
    Block poll() throws IOException {
        Block next;
        synchronized (this) {
            next = ready.poll();
            if (next == null && failure != null) {
                throw failure instanceof IOException e
                        ? new IOException(e.getMessage(), e)
                        : new IOException("Reading the file '" + split.path() + "' failed: " + failure, failure);
            }
        }
        prefetch();
        return next;
    }

    /** Gives a block's bytes back to be filled again. */
    synchronized void recycle(byte[] bytes) {
        free.add(bytes);
    }

    /** The split's decoder; there as soon as a block is. */
    synchronized LineDecoder<T> decoder() {
        if (decoder == null) {
            throw new IllegalStateException("No block of " + split.splitId() + " has been read yet");
        }
        return decoder;
    }

    void close() throws IOException {
        synchronized (this) {
            closed = true;
            ready.clear();
            free.clear();
            if (reading) {
                return;
            }
        }
        closeFile();
    }

    private void readAhead() {
        try {
            do {
                Block block = readBlock();
                synchronized (this) {
                    ready.add(block);
                    ended = block.length() == 0;
                }
                onReady.run();
            } while (goesOn());
        } catch (IOException | RuntimeException | Error e) {
            closeAfter(e);
            synchronized (this) {
                failure = e;
                reading = false;
            }
            onReady.run();
        }
    }

    /** Ends the task by clearing {@code reading}, unless there is more to read right now. */
    private boolean goesOn() throws IOException {
        synchronized (this) {
            if (!closed && !ended && ready.size() < BLOCKS_AHEAD) {
                return true;
            }
            reading = false;
            if (!closed) {
                return false;
            }
        }
        closeFile();
        return false;
    }

    private Block readBlock() throws IOException {
        if (file == null) {
            String header = format.hasHeader() ? FileBytes.firstLine(split.path(), limits.maxLineBytes()) : null;
            LineDecoder<T> made = format.decoder(split.path(), header);
            file = FileBytes.open(split);
            synchronized (this) {
                decoder = made;
            }
        }
        byte[] bytes;
        synchronized (this) {
            bytes = free.poll();
        }
        bytes = bytes == null ? new byte[limits.blockBytes()] : bytes;
        return new Block(bytes, file.read(bytes));
    }

    private void closeAfter(Throwable cause) {
        try {
            closeFile();
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
    }

    private void closeFile() throws IOException {
        if (file != null) {
            file.close();
        }
    }
}
