// SPDX-License-Identifier: Apache-2.0
package io.millrace.serialization;

import java.util.HexFormat;
import java.util.Map;

/** What the tests do with codecs. */
final class Bytes {
    static final Codecs CODECS = new Codecs(Map.of());

    private Bytes() {}

    static <T> byte[] write(Codec<T> codec, T value) {
        ByteWriter out = new ByteWriter(1);
        codec.write(value, out);
        return out.toByteArray();
    }

    /** Writes between other bytes and reads with another instance; all bytes must be used, and no more. */
    static <T> T roundTrip(Codec<T> codec, T value) {
        ByteWriter out = new ByteWriter(1);
        out.writeInt(0x01020304);
        codec.write(value, out);
        int end = out.position();
        out.writeInt(0xfffefdfc);
        ByteReader in = new ByteReader(out.toByteArray());
        in.readInt();
        T read = codec.duplicate().read(in);
        if (in.position() != end || in.readInt() != 0xfffefdfc) {
            throw new AssertionError("read " + in.position() + " of " + end + " bytes");
        }
        return read;
    }

    static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
