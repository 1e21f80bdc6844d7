// SPDX-License-Identifier: Apache-2.0
package io.millrace.testkit.generated;

/** The records of generated jobs. */
public record Item(long key, long value) {
    private static final long FACTOR = 0x9E3779B97F4A7C15L;

    /** A number that looks like chance, always the same for the same item and salt. */
    long mixed(long salt) {
        long mixed = (key * 31 + value + salt) * FACTOR;
        mixed = (mixed ^ mixed >>> 29) * FACTOR;
        return mixed ^ mixed >>> 32;
    }

    /** The same, from 0 to {@code bound - 1}. */
    int mixedBelow(long salt, int bound) {
        return (int) Math.floorMod(mixed(salt), (long) bound);
    }

    Item plus(Item other) {
        return new Item(key, value + other.value);
    }
}
