// SPDX-License-Identifier: Apache-2.0
package io.millrace.connector.files;

import io.millrace.api.Stable;
import io.millrace.api.source.ListSerializer;
import io.millrace.api.types.VersionedSerializer;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/**
 * What a checkpoint holds of the enumeration of files.
 *
 * @param listed whether the files are listed; if not, a restored enumerator lists them
 * @param unassigned listed splits that no reader has
 */
@Stable
public record FileEnumeratorState(boolean listed, List<FileSplit> unassigned) {
    static final VersionedSerializer<FileEnumeratorState> SERIALIZER = new Serializer();

    public FileEnumeratorState {
        unassigned = List.copyOf(unassigned);
    }

    /** A byte for {@code listed}, then the list. */
    private static final class Serializer implements VersionedSerializer<FileEnumeratorState> {
        private final ListSerializer<FileSplit> splits = new ListSerializer<>(FileSplit.SERIALIZER);

        @Override
        public int version() {
            return 1;
        }

        @Override
        public byte[] serialize(FileEnumeratorState state) throws IOException {
            byte[] list = splits.serialize(state.unassigned);
            byte[] bytes = new byte[list.length + 1];
            bytes[0] = (byte) (state.listed ? 1 : 0);
            System.arraycopy(list, 0, bytes, 1, list.length);
            return bytes;
        }

        @Override
        public FileEnumeratorState deserialize(int version, byte[] bytes) throws IOException {
            if (version != 1 || bytes.length == 0) {
                throw new IOException("A file enumerator's state of version " + version + " with " + bytes.length
                        + " bytes; this Millrace knows version 1.");
            }
            byte[] list = Arrays.copyOfRange(bytes, 1, bytes.length);
            return new FileEnumeratorState(bytes[0] == 1, splits.deserialize(splits.version(), list));
        }
    }
}
