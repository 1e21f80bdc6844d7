// SPDX-License-Identifier: Apache-2.0
package io.millrace.connector.files;

import io.millrace.api.sink.CommittingSinkWriter;
import io.millrace.api.sink.SinkWriterContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Writes the lines of one subtask, one file from barrier to barrier. Writing fills the page cache only; forcing a file
 * to disk is done on the IO executor, on a file that belongs to that task alone from then on.
 */
final class FileSinkWriter<T> implements CommittingSinkWriter<T, FileCommittable> {
    private static final int BUFFER_BYTES = 1 << 16;

    private final OutputDirectory directory;
    private final LineFormat<T> format;
    private final PartNames names;
    private final Executor ioExecutor;
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
    private long lastBarrier;
    private long length;
    private @Nullable FileChannel file;
    private @Nullable Path path;

    private FileSinkWriter(
            OutputDirectory directory, LineFormat<T> format, PartNames names, SinkWriterContext context) {
        this.directory = directory;
        this.format = format;
        this.names = names;
        this.ioExecutor = context.ioExecutor();
        this.lastBarrier = context.restoredCheckpointId();
    }

    /** Checks and cleans the directory first. Blocks. */
    static <T> FileSinkWriter<T> open(OutputDirectory directory, LineFormat<T> format, SinkWriterContext context)
            throws IOException {
        directory.prepare();
        if (context.restoredCheckpointId() == 0) {
            // Nothing of this job was ever committed, whatever its epoch: what can be seen is not its own.
            directory.refuseIfNotEmpty(context.jobName());
        }
        PartNames names = new PartNames(context);
        directory.deleteIf(name -> names.isAbandoned(name, context.restoredCheckpointId()));
        if (context.restoredCheckpointId() > 0) {
            directory.withdrawIf(name -> names.isOvertaken(name, context.restoredCheckpointId()));
        }
        return new FileSinkWriter<>(directory, format, names, context);
    }

    @Override
    public void write(T record, long timestamp) throws Exception {
        String text = format.format(record);
        if (text.indexOf('\n') >= 0) {
            throw new IOException("A record has a line break in it and would become two lines of the output: '"
                    + text.lines().findFirst().orElse("") + "' ... Have the line format escape or replace it.");
        }
        byte[] line = text.getBytes(StandardCharsets.UTF_8);
        if (file == null) {
            begin();
        }
        int written = 0;
        while (written < line.length) {
            if (!buffer.hasRemaining()) {
                drain();
            }
            int chunk = Math.min(buffer.remaining(), line.length - written);
            buffer.put(line, written, chunk);
            written += chunk;
        }
        if (!buffer.hasRemaining()) {
            drain();
        }
        buffer.put((byte) '\n');
    }

    private void begin() throws IOException {
        path = directory.resolve(names.pending(lastBarrier));
        try {
            file = FileChannel.open(path, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);
        } catch (IOException e) {
            throw new IOException(
                    "Cannot make the part file '" + path + "': " + e
                            + ". Check that the output directory is there and can be written.",
                    e);
        }
        length = 0;
    }

    private void drain() throws IOException {
        if (file == null) {
            return;
        }
        buffer.flip();
        while (buffer.hasRemaining()) {
            length += file.write(buffer);
        }
        buffer.clear();
    }

    @Override
    public void flush(boolean endOfInput) throws IOException {
        drain();
    }

    @Override
    public CompletionStage<List<FileCommittable>> prepareCommit(long checkpointId) throws IOException {
        lastBarrier = checkpointId;
        if (file == null || path == null) {
            return CompletableFuture.completedFuture(List.of());
        }
        drain();
        FileChannel finished = file;
        FileCommittable committable =
                new FileCommittable(path.getFileName().toString(), names.committed(checkpointId), length);
        file = null;
        path = null;
        return CompletableFuture.supplyAsync(
                () -> {
                    makeDurable(finished, committable);
                    return List.of(committable);
                },
                ioExecutor);
    }

    /** A file whose fsync failed is never trusted again: the checkpoint fails, and a later epoch deletes the file. */
    private void makeDurable(FileChannel finished, FileCommittable committable) {
        try {
            try (finished) {
                finished.force(true);
            }
            directory.sync();
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "The part file '" + directory.resolve(committable.pendingName()) + "' cannot be forced to disk: "
                            + e + ". Check the disk's space and health.",
                    e);
        }
    }

    /** A file that no barrier closed is in no checkpoint: it goes. */
    @Override
    public void close() throws IOException {
        if (file != null && path != null) {
            file.close();
            Files.deleteIfExists(path);
            file = null;
            path = null;
        }
    }
}
