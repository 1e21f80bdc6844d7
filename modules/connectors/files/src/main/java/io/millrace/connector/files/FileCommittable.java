// SPDX-License-Identifier: Apache-2.0
package io.millrace.connector.files;

import io.millrace.api.Stable;
import io.millrace.api.types.VersionedSerializer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/**
 * A part file that is complete and on disk under its pending name.
 *
 * @param pendingName its name in the sink's directory until it is committed
 * @param finalName its name from then on
 * @param length its size in bytes
 */
@Stable
public record FileCommittable(String pendingName, String finalName, long length) {
    static final VersionedSerializer<FileCommittable> SERIALIZER = new Serializer();

    private static final class Serializer implements VersionedSerializer<FileCommittable> {
        @Override
        public int version() {
            return 1;
        }

        @Override
        public byte[] serialize(FileCommittable committable) throws IOException {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (DataOutputStream out = new DataOutputStream(bytes)) {
                out.writeUTF(committable.pendingName);
                out.writeUTF(committable.finalName);
                out.writeLong(committable.length);
            }
            return bytes.toByteArray();
        }

        @Override
        public FileCommittable deserialize(int version, byte[] bytes) throws IOException {
            if (version != 1) {
                throw new IOException("A file committable of version " + version + "; this Millrace knows version 1.");
            }
            try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
                return new FileCommittable(in.readUTF(), in.readUTF(), in.readLong());
            }
        }
    }
}
