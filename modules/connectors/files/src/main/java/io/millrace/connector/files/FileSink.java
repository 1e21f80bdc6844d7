// SPDX-License-Identifier: Apache-2.0
package io.millrace.connector.files;

import io.millrace.api.Stable;
import io.millrace.api.sink.Committer;
import io.millrace.api.sink.CommittingSink;
import io.millrace.api.sink.CommittingSinkWriter;
import io.millrace.api.sink.SinkWriterContext;
import io.millrace.api.types.VersionedSerializer;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Writes lines of UTF-8, each ended by a newline, to files of a directory, exactly once.
 *
 * <p>Each subtask writes one file from barrier to barrier; a subtask that got no records writes none. A file is hidden
 * (its name begins with a dot and ends with {@code .pending}) until the checkpoint that covers it is complete, then it
 * is renamed to {@code part-<job>-<operator>-<epoch>-<subtask>-<checkpoint>} and never changes again. So whoever reads
 * the files that begin with {@code part-} sees every record once, and no record is ever taken back, with one exception:
 * when a completed checkpoint turns out to be damaged and the job goes back past it, that checkpoint's files are hidden
 * again ({@code .withdrawn-part-..}), as their records are about to be written anew. All nodes that run the sink must see
 * the same directory.
 *
 * <p>A job that starts afresh refuses a directory with files in it. What a crash left pending is deleted by a later
 * epoch of the same job once it is certain that no checkpoint counts on it; other jobs' files are left alone.
 *
 * <p>Immutable.
 *
 * @param <T> the records
 */
@Stable
public final class FileSink<T> implements CommittingSink<T, FileCommittable> {
    private final Path directory;
    private final LineFormat<T> format;

    private FileSink(Path directory, LineFormat<T> format) {
        this.directory = directory;
        this.format = format;
    }

    /**
     * A sink for strings, each a line.
     *
     * @param directory is made where it is missing; a relative one begins at each node's working directory
     */
    public static FileSink<String> lines(String directory) {
        return lines(directory, record -> record);
    }

    /** A sink for records that a function turns into lines. */
    public static <T> FileSink<T> lines(String directory, LineFormat<T> format) {
        return new FileSink<>(Path.of(directory).toAbsolutePath().normalize(), format);
    }

    @Override
    public CommittingSinkWriter<T, FileCommittable> createWriter(SinkWriterContext context) throws IOException {
        return FileSinkWriter.open(new OutputDirectory(directory), format, context);
    }

    @Override
    public Committer<FileCommittable> createCommitter(SinkWriterContext context) {
        return new FileCommitter(new OutputDirectory(directory));
    }

    @Override
    public VersionedSerializer<FileCommittable> committableSerializer() {
        return FileCommittable.SERIALIZER;
    }
}
