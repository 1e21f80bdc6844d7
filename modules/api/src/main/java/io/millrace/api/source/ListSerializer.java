// SPDX-License-Identifier: Apache-2.0
package io.millrace.api.source;

import io.millrace.api.Stable;
import io.millrace.api.types.VersionedSerializer;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
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
        ByteBuffer in = ByteBuffer.wrap(bytes);
        int elementVersion = number(in);
        int size = number(in);
        // Each element has at least its length, so a damaged size is noticed before anything is made of it.
        if (size < 0 || size > in.remaining() / Integer.BYTES) {
            throw damaged("it claims " + size + " elements where " + in.remaining() + " bytes are left");
        }
        List<T> values = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            int length = number(in);
            if (length < 0 || length > in.remaining()) {
                throw damaged("element " + i + " claims " + length + " bytes where " + in.remaining() + " are left");
            }
            byte[] written = new byte[length];
            in.get(written);
            values.add(element.deserialize(elementVersion, written));
        }
        if (in.hasRemaining()) {
            throw damaged(in.remaining() + " bytes follow its last element");
        }
        return values;
    }

    private static int number(ByteBuffer in) throws IOException {
        if (in.remaining() < Integer.BYTES) {
            throw damaged("it ends in the middle of a number");
        }
        return in.getInt();
    }

    private static IOException damaged(String how) {
        return new IOException("The bytes of a list are damaged: " + how + ".");
    }
}
