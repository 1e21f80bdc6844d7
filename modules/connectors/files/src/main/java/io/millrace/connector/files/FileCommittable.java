// SPDX-License-Identifier: Apache-2.0
package io.millrace.connector.files;

import io.millrace.api.Stable;
import io.millrace.api.types.DataSerializer;
import io.millrace.api.types.VersionedSerializer;

/**
 * A part file that is complete and on disk under its pending name.
 *
 * @param pendingName its name in the sink's directory until it is committed
 * @param finalName its name from then on
 * @param length its size in bytes
 */
@Stable
public record FileCommittable(String pendingName, String finalName, long length) {
    static final VersionedSerializer<FileCommittable> SERIALIZER = DataSerializer.of(
            "a file committable",
            (committable, out) -> {
                out.writeUTF(committable.pendingName);
                out.writeUTF(committable.finalName);
                out.writeLong(committable.length);
            },
            in -> new FileCommittable(in.readUTF(), in.readUTF(), in.readLong()));
}
