// SPDX-License-Identifier: Apache-2.0
package io.millrace.connector.files;

import io.millrace.api.Stable;
import io.millrace.api.source.BoundedSource;
import io.millrace.api.source.SourceReader;
import io.millrace.api.source.SourceReaderContext;
import io.millrace.api.source.SplitEnumerator;
import io.millrace.api.source.SplitEnumeratorContext;
import io.millrace.api.time.TimestampAssigner;
import io.millrace.api.types.TypeHint;
import io.millrace.api.types.VersionedSerializer;
import java.util.List;
import java.util.Optional;

/**
 * Reads text files line by line, plain or gzip ({@code .gz}), in UTF-8.
 *
 * <p>Files are named by paths and globs ({@code *}, {@code ?}, {@code [..]}, {@code {a,b}}, {@code **}). They are
 * listed once, when the job starts; every node that runs the job must see them at the same absolute paths, and they must
 * not change until it has ended: a file that does fails the job. Plain files are cut into ranges of
 * {@link #withSplitSize} bytes, compressed ones are read in one piece. A subtask reads up to 64 ranges or files side by
 * side, a run of records of each in turn, so files that each are in order of event time advance together. Ranges of
 * <em>one</em> file in order of time lie far apart in time: the watermark is right all the same, as every range holds
 * it, but windows of all of them are open at once; raise the split size above the files' sizes where that matters.
 *
 * <p>Lines end with LF or CRLF. Bytes that are not UTF-8, lines longer than {@link #withMaxLineSize} and rows that do
 * not parse fail the job, with the file and the line; in ranges that do not begin with the file its line numbers are
 * not known and the line's first byte is named.
 *
 * <p>Immutable.
 *
 * @param <T> the records
 */
@Stable
public final class FileSource<T> implements BoundedSource<T, FileSplit, FileEnumeratorState> {
    /** Bytes of a range of a plain file, unless set otherwise. */
    public static final long DEFAULT_SPLIT_SIZE_BYTES = 16L << 20;

    /** The longest line, unless set otherwise. */
    public static final int DEFAULT_MAX_LINE_BYTES = 1 << 20;

    private static final int BLOCK_BYTES = 1 << 17;

    /** What is read at once and what a line may hold, in bytes. */
    record ReadLimits(int blockBytes, int maxLineBytes) {}

    private final List<String> patterns;
    private final RecordFormat<T> format;
    private final TypeHint<T> type;
    private final long splitSizeBytes;
    private final ReadLimits limits;
    private final Pacing.Rule<T> pacing;

    private FileSource(
            List<String> patterns,
            RecordFormat<T> format,
            TypeHint<T> type,
            long splitSizeBytes,
            ReadLimits limits,
            Pacing.Rule<T> pacing) {
        this.patterns = patterns;
        this.format = format;
        this.type = type;
        this.splitSizeBytes = splitSizeBytes;
        this.limits = limits;
        this.pacing = pacing;
    }

    private static <T> FileSource<T> of(String[] patterns, RecordFormat<T> format, Class<T> type) {
        if (patterns.length == 0) {
            throw new IllegalArgumentException("A FileSource reads at least one file: name paths or globs.");
        }
        return new FileSource<>(
                List.of(patterns),
                format,
                TypeHint.of(type),
                DEFAULT_SPLIT_SIZE_BYTES,
                new ReadLimits(BLOCK_BYTES, DEFAULT_MAX_LINE_BYTES),
                new Pacing.Rule<>(null, 0));
    }

    /** Each line a string, without its line end. */
    public static FileSource<String> lines(String... pathsOrGlobs) {
        return of(pathsOrGlobs, new LinesFormat(), String.class);
    }

    /**
     * CSV (RFC 4180) whose first line names the columns, into records: each component takes the column of its name,
     * wherever it stands; other columns are ignored. Components are strings, primitives or their boxed types,
     * {@code LocalDateTime}, {@code LocalDate}, {@code Instant} (each in ISO form), {@code BigDecimal} or enums (by
     * constant name). An empty field is an empty string, null for the other object types, and an error for a primitive.
     * Fields may be quoted, but a quoted field cannot hold a newline. Empty lines are skipped, unless there is but one
     * column.
     *
     * @param recordClass a record, which may be nested and private
     * @throws IllegalArgumentException when it is no record or has a component of another type
     */
    public static <R> FileSource<R> csv(Class<R> recordClass, String... pathsOrGlobs) {
        return of(pathsOrGlobs, new CsvFormat<>(recordClass), recordClass);
    }

    /** Cuts plain files into ranges of this many bytes, at least 1. */
    public FileSource<T> withSplitSize(long bytes) {
        if (bytes < 1) {
            throw new IllegalArgumentException("A split has at least 1 byte, not " + bytes);
        }
        return new FileSource<>(patterns, format, type, bytes, limits, pacing);
    }

    /** Refuses lines of more bytes than this. */
    public FileSource<T> withMaxLineSize(int bytes) {
        if (bytes < 1) {
            throw new IllegalArgumentException("A line may have at least 1 byte, not " + bytes);
        }
        ReadLimits changed = new ReadLimits(limits.blockBytes(), bytes);
        return new FileSource<>(patterns, format, type, splitSizeBytes, changed, pacing);
    }

    /**
     * Replays the files at the pace at which the records came to be: a record with event time t is not emitted before
     * (t - t0) / speedup of wall time has passed since its reader began, where t0 is the earliest event time among the
     * first records of the reader's splits. After a recovery the pace begins anew at the records read next.
     *
     * @param eventTime takes the event time from a record
     * @param speedup how many times faster than real time; zero, negative or infinite means as fast as possible
     */
    public FileSource<T> withPacing(TimestampAssigner<T> eventTime, double speedup) {
        return new FileSource<>(patterns, format, type, splitSizeBytes, limits, new Pacing.Rule<>(eventTime, speedup));
    }

    /** For tests, so that lines span blocks. */
    FileSource<T> withBlockSize(int bytes) {
        ReadLimits changed = new ReadLimits(bytes, limits.maxLineBytes());
        return new FileSource<>(patterns, format, type, splitSizeBytes, changed, pacing);
    }

    @Override
    public SplitEnumerator<FileSplit, FileEnumeratorState> createEnumerator(SplitEnumeratorContext<FileSplit> context) {
        return restoreEnumerator(context, new FileEnumeratorState(false, List.of()));
    }

    @Override
    public SplitEnumerator<FileSplit, FileEnumeratorState> restoreEnumerator(
            SplitEnumeratorContext<FileSplit> context, FileEnumeratorState state) {
        return new FileEnumerator(context, new FileLister(patterns, splitSizeBytes), state);
    }

    @Override
    public SourceReader<T, FileSplit> createReader(SourceReaderContext context) {
        return new FileSplitReader<>(context, format, limits, pacing);
    }

    @Override
    public VersionedSerializer<FileSplit> splitSerializer() {
        return FileSplit.SERIALIZER;
    }

    @Override
    public VersionedSerializer<FileEnumeratorState> enumeratorStateSerializer() {
        return FileEnumeratorState.SERIALIZER;
    }

    @Override
    public Optional<TypeHint<T>> producedType() {
        return Optional.of(type);
    }
}
