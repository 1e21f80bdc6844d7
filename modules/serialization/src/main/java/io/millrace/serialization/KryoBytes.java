// SPDX-License-Identifier: Apache-2.0
package io.millrace.serialization;

import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import java.util.Arrays;

/**
 * Kryo's buffers, with what Kryo lacks: lengths that are checked before room is made for them, text by {@link Utf8} and
 * the bytes of {@link LeafCodec}s.
 */
final class KryoBytes {
    private KryoBytes() {}

    /** Bytes being written. Not thread-safe. */
    static final class Out extends Output {
        private static final byte[] NONE = {};

        private final ByteWriter leaf = new ByteWriter();

        Out() {
            super(NONE, -1);
        }

        /** Writes after the bytes of a writer, into the same array while it is long enough. */
        void begin(ByteWriter target) {
            buffer = target.array();
            capacity = buffer.length;
            position = target.position();
        }

        /** Gives the bytes to the writer. */
        void finish(ByteWriter target) {
            target.goOnWith(buffer, position);
        }

        /** Forgets the writer's array, which may be a huge one. */
        void release() {
            buffer = NONE;
            capacity = 0;
            position = 0;
        }

        /** Kryo's own growing, but safe with arrays of more than a gigabyte, which a writer may have. */
        @Override
        protected boolean require(int more) {
            if (more <= capacity - position) {
                return false;
            }
            int needed = Math.addExact(position, more);
            buffer = Arrays.copyOf(buffer, ByteWriter.grownLength(capacity, needed));
            capacity = buffer.length;
            return true;
        }

        /** Kryo's variable-length form of a signed long, one to nine bytes, in a method short enough to be inlined. */
        void writeZigZag(long value) {
            require(9);
            byte[] bytes = buffer;
            int next = position;
            long rest = value << 1 ^ value >> 63;
            // The ninth byte needs no bit to say that none follows.
            int last = next + 8;
            while ((rest & ~0x7fL) != 0 && next < last) {
                bytes[next++] = (byte) (rest | 0x80);
                rest >>>= 7;
            }
            bytes[next] = (byte) rest;
            position = next + 1;
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
