// SPDX-License-Identifier: Apache-2.0
package io.millrace.connector.files;

import io.millrace.api.Stable;
import io.millrace.api.source.SourceSplit;
import io.millrace.api.types.VersionedSerializer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

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
    static final VersionedSerializer<FileSplit> SERIALIZER = new Serializer();

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

    private static final class Serializer implements VersionedSerializer<FileSplit> {
        @Override
        public int version() {
            return 1;
        }

        @Override
        public byte[] serialize(FileSplit split) throws IOException {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (DataOutputStream out = new DataOutputStream(bytes)) {
                out.writeUTF(split.path);
                out.writeLong(split.start);
                out.writeLong(split.end);
                out.writeLong(split.position);
                out.writeLong(split.linesBefore);
                out.writeLong(split.fileSize);
            }
            return bytes.toByteArray();
        }

        @Override
        public FileSplit deserialize(int version, byte[] bytes) throws IOException {
            if (version != 1) {
                throw new IOException("A file split of version " + version + "; this Millrace knows version 1.");
            }
            try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
                return new FileSplit(
                        in.readUTF(), in.readLong(), in.readLong(), in.readLong(), in.readLong(), in.readLong());
            }
        }
    }
}
