// SPDX-License-Identifier: Apache-2.0
package io.millrace.serialization;

import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;

/**
 * Kryo's buffers, with what Kryo lacks: lengths that are checked before room is made for them, text by {@link Utf8} and
 * the bytes of {@link LeafCodec}s.
 */
final class KryoBytes {
    private KryoBytes() {}

    /** Bytes being written. Not thread-safe. */
    static final class Out extends Output {
        private final ByteWriter leaf = new ByteWriter();

        Out() {
            super(256, -1);
        }

        void writeText(String value) {
            int length = Utf8.length(value);
            writeVarInt(length, true);
            require(length);
            position = Utf8.encode(value, length, buffer, position);
        }

        <T> void writeLeaf(T value, Codec<T> codec) {
            leaf.reset(0);
            codec.write(value, leaf);
            writeBytes(leaf.array(), 0, leaf.position());
        }
    }

    /** Bytes being read, which may be damaged. Not thread-safe. */
    static final class In extends Input {
        private final ByteReader leaf = new ByteReader(new byte[0]);

        int remaining() {
            return limit - position;
        }

        /** A number of elements that take so many bytes each at least: never more than can follow. */
        int readCount(int bytesEach) {
            int count = readVarInt(true);
            if (count < 0 || (long) count * bytesEach > remaining()) {
                throw new CodecException("A length of " + Integer.toUnsignedLong(count) + " where " + remaining()
                        + " bytes are left: the bytes are damaged.");
            }
            return count;
        }

        String readText() {
            int length = readCount(1);
            String value = Utf8.decode(buffer, position, length);
            position += length;
            return value;
        }

        Object readName(EnumNames names) {
            int length = readCount(1);
            Object constant = names.find(buffer, position, length);
            position += length;
            return constant;
        }

        <T> T readLeaf(Codec<T> codec) {
            leaf.reset(buffer, position, limit);
            T value = codec.read(leaf);
            position = leaf.position();
            return value;
        }

        /** Kryo would make an array of any length that it is asked for. */
        @Override
        public byte[] readBytes(int length) {
            if (length < 0 || length > remaining()) {
                throw new CodecException(
                        "Needed " + length + " bytes where " + remaining() + " are left: the bytes are damaged.");
            }
            return super.readBytes(length);
        }

        @Override
        public String readString() {
            return readText();
        }
    }
}
