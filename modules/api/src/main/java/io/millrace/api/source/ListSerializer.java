// SPDX-License-Identifier: Apache-2.0
package io.millrace.api.source;

import io.millrace.api.Stable;
import io.millrace.api.types.VersionedSerializer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A list of values, each written by a serializer of its own: for enumerators whose state is a list of splits. */
@Stable
public final class ListSerializer<T> implements VersionedSerializer<List<T>> {
    private final VersionedSerializer<T> element;

    public ListSerializer(VersionedSerializer<T> element) {
        this.element = element;
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public byte[] serialize(List<T> values) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeInt(element.version());
            out.writeInt(values.size());
            for (T value : values) {
                byte[] written = element.serialize(value);
                out.writeInt(written.length);
                out.write(written);
            }
        }
        return bytes.toByteArray();
    }

    @Override
    public List<T> deserialize(int version, byte[] bytes) throws IOException {
        if (version != 1) {
            throw new IOException("A list of version " + version + "; this Millrace knows version 1.");
        }
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            int elementVersion = in.readInt();
            int size = in.readInt();
            List<T> values = new ArrayList<>();
            for (int i = 0; i < size; i++) {
                int length = in.readInt();
                if (length < 0 || length > in.available()) {
                    throw new IOException("A list element claims " + length + " bytes where " + in.available()
                            + " are left: the bytes are damaged.");
                }
                values.add(element.deserialize(elementVersion, in.readNBytes(length)));
            }
            return values;
        }
    }
}
