// SPDX-License-Identifier: Apache-2.0
package io.millrace.serialization;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Murmur3, 32 bits, seed 0, by Austin Appleby's public description. Key groups are made of it: it never changes. */
final class Murmur3 {
    private static final VarHandle BLOCKS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int C1 = 0xcc9e2d51;
    private static final int C2 = 0x1b873593;

    private Murmur3() {}

    static int hash(byte[] bytes, int offset, int length) {
        int hash = 0;
        int blocksEnd = offset + (length & ~3);
        for (int i = offset; i < blocksEnd; i += 4) {
            hash = mixBlock(hash, (int) BLOCKS.get(bytes, i));
        }
        int tail = 0;
        for (int i = offset + length - 1; i >= blocksEnd; i--) {
            tail = tail << 8 | bytes[i] & 0xff;
        }
        return finish(hash ^ scramble(tail), length);
    }

    /** The hash of the four bytes of a big-endian int. */
    static int hashInt(int bigEndian) {
        return finish(mixInt(0, bigEndian), 4);
    }

    /** The hash of the eight bytes of a big-endian long. */
    static int hashLong(long bigEndian) {
        return finish(mixLong(0, bigEndian), 8);
    }

    /** Goes on with a hash, 0 at first, by the next four bytes; {@link #finish} ends it. */
    static int mixInt(int hash, int bigEndian) {
        return mixBlock(hash, Integer.reverseBytes(bigEndian));
    }

    /** The same with eight bytes. */
    static int mixLong(int hash, long bigEndian) {
        return mixInt(mixInt(hash, (int) (bigEndian >>> 32)), (int) bigEndian);
    }

    private static int mixBlock(int hash, int block) {
        return Integer.rotateLeft(hash ^ scramble(block), 13) * 5 + 0xe6546b64;
    }

    private static int scramble(int block) {
        return Integer.rotateLeft(block * C1, 15) * C2;
    }

    /** The hash of so many bytes that were mixed. */
    static int finish(int hash, int length) {
        int h = hash ^ length;
        h = (h ^ h >>> 16) * 0x85ebca6b;
        h = (h ^ h >>> 13) * 0xc2b2ae35;
        return h ^ h >>> 16;
    }
}
