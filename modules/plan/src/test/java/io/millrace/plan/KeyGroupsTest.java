// SPDX-License-Identifier: Apache-2.0
package io.millrace.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class KeyGroupsTest {
    @Test
    void ownersAndRangesAgreeForAllSmallSizes() {
        for (int max = 1; max <= 512; max++) {
            for (int parallelism = 1; parallelism <= Math.min(64, max); parallelism++) {
                assertRangesAgree(max, parallelism);
            }
        }
    }

    @Test
    void ownersAndRangesAgreeForTheDefault() {
        IntStream.of(1, 2, 3, 7, 10, 48, 63, 64, 100, 1000, 1023, 4095, 4096)
                .forEach(parallelism -> assertRangesAgree(4096, parallelism));
    }

    @Test
    void nothingOverflowsAtTheLimits() {
        assertRangesAgree(32_768, 32_768);
        assertRangesAgree(32_768, 32_767);
        assertRangesAgree(32_767, 32_767);
        assertThat(KeyGroups.endOf(32_767, 32_768, 32_768)).isEqualTo(32_768);
        assertThat(KeyGroups.ownerOf(32_767, 32_768, 32_768)).isEqualTo(32_767);
    }

    /** The ranges follow each other without gap or overlap, none is empty, and each holds what its owner owns. */
    private static void assertRangesAgree(int max, int parallelism) {
        int next = 0;
        for (int subtask = 0; subtask < parallelism; subtask++) {
            int first = KeyGroups.firstOf(subtask, max, parallelism);
            int end = KeyGroups.endOf(subtask, max, parallelism);
            check(first == next && end > first, max, parallelism, subtask);
            for (int group = first; group < end; group++) {
                check(KeyGroups.ownerOf(group, max, parallelism) == subtask, max, parallelism, subtask);
            }
            check(end - first <= (max + parallelism - 1) / parallelism, max, parallelism, subtask);
            next = end;
        }
        check(next == max, max, parallelism, parallelism);
    }

    /** Asked millions of times: the message is made only when it is needed. */
    private static void check(boolean holds, int max, int parallelism, int subtask) {
        if (!holds) {
            throw new AssertionError(
                    "max " + max + ", parallelism " + parallelism + ", subtask " + subtask + ": ranges disagree");
        }
    }

    @Test
    void groupsOfExtremeHashesAreInRange() {
        for (int max : new int[] {1, 2, 3, 128, 4096, 32_767, 32_768}) {
            assertThat(KeyGroups.ofHash(0, max)).isZero();
            assertThat(KeyGroups.ofHash(-1, max)).isEqualTo(max - 1);
            assertThat(KeyGroups.ofHash(Integer.MAX_VALUE, max)).isEqualTo((max - 1) / 2);
            assertThat(KeyGroups.ofHash(Integer.MIN_VALUE, max)).isEqualTo(max / 2);
        }
    }

    @Test
    void hashesAreSpreadEvenlyOverTheGroups() {
        for (int max : new int[] {3, 100, 128, 1000}) {
            int[] counts = new int[max];
            new SplittableRandom(7).ints(1_000_000).forEach(hash -> counts[KeyGroups.ofHash(hash, max)]++);
            double mean = 1_000_000.0 / max;
            double chiSquare = IntStream.of(counts)
                    .mapToDouble(count -> (count - mean) * (count - mean) / mean)
                    .sum();
            // Mean max - 1, standard deviation sqrt(2 (max - 1)): five of them are never passed by chance.
            assertThat(chiSquare).as("max %d", max).isLessThan(max - 1 + 5 * Math.sqrt(2.0 * (max - 1)));
        }
    }

    /** What docs/adr/0003-key-groups.md rests on: the default keeps subtasks within a few percent of each other. */
    @Test
    void theDefaultBalancesSubtasksWhereFewGroupsDoNot() {
        for (int parallelism : new int[] {3, 7, 10, 48, 100}) {
            assertThat(imbalance(4096, parallelism))
                    .as("4096 over %d", parallelism)
                    .isLessThan(1.05);
        }
        assertThat(imbalance(128, 48)).isGreaterThan(1.1);
        assertThat(imbalance(128, 100)).isGreaterThan(1.5);
    }

    /** The busiest subtask's share over the mean, for a million random hashes. */
    static double imbalance(int max, int parallelism) {
        int[] load = new int[parallelism];
        int hashes = 1_000_000;
        new SplittableRandom(42)
                .ints(hashes)
                .forEach(hash -> load[KeyGroups.ownerOf(KeyGroups.ofHash(hash, max), max, parallelism)]++);
        return IntStream.of(load).max().orElseThrow() / ((double) hashes / parallelism);
    }
}
