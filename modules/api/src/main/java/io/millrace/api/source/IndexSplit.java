// SPDX-License-Identifier: Apache-2.0
package io.millrace.api.source;

import io.millrace.api.Stable;
import io.millrace.api.types.VersionedSerializer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UTFDataFormatException;

/**
 * A range of indices, read one by one.
 *
 * @param splitId unique in the source
 * @param first first index of the range, at least 0
 * @param end first index after the range; {@link Long#MAX_VALUE} where it has no end
 * @param position index to read next, from {@code first} to {@code end}
 */
@Stable
public record IndexSplit(String splitId, long first, long end, long position) implements SourceSplit {
    static final VersionedSerializer<IndexSplit> SERIALIZER = new Serializer();

    public IndexSplit {
        if (first < 0) {
            throw new IllegalArgumentException(
                    "The split '" + splitId + "' begins at " + first + "; indices begin at 0.");
        }
        if (first > position || position > end) {
            throw new IllegalArgumentException("The split '" + splitId + "' has the position " + position
                    + " outside its range, " + first + " to " + end + ".");
        }
    }

    IndexSplit at(long newPosition) {
        return new IndexSplit(splitId, first, end, newPosition);
    }

    private static final class Serializer implements VersionedSerializer<IndexSplit> {
        @Override
        public int version() {
            return 1;
        }

        @Override
        public byte[] serialize(IndexSplit split) throws IOException {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (DataOutputStream out = new DataOutputStream(bytes)) {
                out.writeUTF(split.splitId);
                out.writeLong(split.first);
                out.writeLong(split.end);
                out.writeLong(split.position);
            }
            return bytes.toByteArray();
        }

        @Override
        public IndexSplit deserialize(int version, byte[] bytes) throws IOException {
            if (version != 1) {
                throw new IOException("An index split of version " + version + "; this Millrace knows version 1.");
            }
            try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
                IndexSplit split = new IndexSplit(in.readUTF(), in.readLong(), in.readLong(), in.readLong());
                if (in.available() > 0) {
                    throw new IOException(in.available() + " bytes follow the index split '" + split.splitId + "'.");
                }
                return split;
            } catch (EOFException | UTFDataFormatException | IllegalArgumentException e) {
                throw new IOException("The bytes of an index split are damaged: " + e.getMessage(), e);
            }
        }
    }
}
