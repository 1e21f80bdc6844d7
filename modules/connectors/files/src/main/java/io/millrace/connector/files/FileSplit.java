// SPDX-License-Identifier: Apache-2.0
package io.millrace.connector.files;

import io.millrace.api.Stable;
import io.millrace.api.source.SourceSplit;
import io.millrace.api.types.DataSerializer;
import io.millrace.api.types.VersionedSerializer;

/**
 * The lines of a file that begin in a range of its bytes, with the position from which to read on.
 *
 * @param path absolute path of the file
 * @param start first byte of the range, counted in the decompressed bytes of a compressed file
 * @param end first byte after the range; {@link Long#MAX_VALUE} in a compressed file
 * @param position where the next line begins, or {@code start} before the first line, which may lie inside a line
 * @param linesBefore lines of the file before {@code position}, the header among them, or -1 where that is not known:
 *     ranges that do not begin at the file's first byte
 * @param fileSize the file's size in bytes when it was listed
 */
@Stable
public record FileSplit(String path, long start, long end, long position, long linesBefore, long fileSize)
        implements SourceSplit {
    static final VersionedSerializer<FileSplit> SERIALIZER = DataSerializer.of(
            "a file split",
            (split, out) -> {
                out.writeUTF(split.path);
                out.writeLong(split.start);
                out.writeLong(split.end);
                out.writeLong(split.position);
                out.writeLong(split.linesBefore);
                out.writeLong(split.fileSize);
            },
            in -> new FileSplit(
                    in.readUTF(), in.readLong(), in.readLong(), in.readLong(), in.readLong(), in.readLong()));

    /** A range of which nothing is read. */
    static FileSplit unread(String path, long start, long end, long fileSize) {
        return new FileSplit(path, start, end, start, start == 0 ? 0 : -1, fileSize);
    }

    @Override
    public String splitId() {
        return path + "@" + start;
    }

    /** Compressed files are read in one piece. */
    static boolean isGzip(String path) {
        return path.endsWith(".gz");
    }

    FileSplit at(long newPosition, long newLinesBefore) {
        return new FileSplit(path, start, end, newPosition, newLinesBefore, fileSize);
    }
}
