// SPDX-License-Identifier: Apache-2.0
package io.millrace.plan;

/** Which key group a key belongs to, and which subtask owns a group. */
public final class KeyGroups {
    private KeyGroups() {}

    /** The key group of a key's hash, 0 to {@code maxParallelism - 1}. */
    public static int ofHash(int hash, int maxParallelism) {
        // The hash's upper half spread over the groups: a multiplication in place of a division.
        return (int) ((Integer.toUnsignedLong(hash) * maxParallelism) >>> 32);
    }

    /** The subtask that owns a group. */
    public static int ownerOf(int keyGroup, int maxParallelism, int parallelism) {
        return keyGroup * parallelism / maxParallelism;
    }

    /** The first group that a subtask owns. */
    public static int firstOf(int subtask, int maxParallelism, int parallelism) {
        return (subtask * maxParallelism + parallelism - 1) / parallelism;
    }

    /** The group after the last that a subtask owns. */
    public static int endOf(int subtask, int maxParallelism, int parallelism) {
        return firstOf(subtask + 1, maxParallelism, parallelism);
    }
}
