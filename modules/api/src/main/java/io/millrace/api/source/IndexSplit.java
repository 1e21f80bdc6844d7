// SPDX-License-Identifier: Apache-2.0
package io.millrace.api.source;

import io.millrace.api.Stable;
import io.millrace.api.types.DataSerializer;
import io.millrace.api.types.VersionedSerializer;

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
    static final VersionedSerializer<IndexSplit> SERIALIZER = DataSerializer.of(
            "an index split",
            (split, out) -> {
                out.writeUTF(split.splitId);
                out.writeLong(split.first);
                out.writeLong(split.end);
                out.writeLong(split.position);
            },
            in -> new IndexSplit(in.readUTF(), in.readLong(), in.readLong(), in.readLong()));

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
}
