// SPDX-License-Identifier: Apache-2.0
package io.millrace.state.memory;

import java.util.Arrays;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * References brought into the order of key groups, by counting, so that what is serialised and sorted at a time is one
 * group. Confined to the thread that writes the snapshot.
 */
final class GroupedReferences<E> {
    private @Nullable Object[] references;
    private final ToIntFunction<E> keyGroupOf;
    private int firstKeyGroup;
    private int[] starts = {};

    /**
     * @param references in any order; null ones are left out
     * @param keyGroupOf a function of what never changes in an E
     */
    GroupedReferences(@Nullable Object[] references, ToIntFunction<E> keyGroupOf) {
        this.references = references;
        this.keyGroupOf = keyGroupOf;
    }

    /** Does the grouping, at the first call; before the positions of a group are asked for. */
    void group(int first, int end) {
        if (starts.length > 0) {
            return;
        }
        firstKeyGroup = first;
        int[] counted = new int[end - first + 1];
        // Each object is visited once: most are not in the processor's cache.
        char[] groups = new char[references.length];
        for (int i = 0; i < references.length; i++) {
            if (references[i] != null) {
                int group = keyGroupOf.applyAsInt(cast(references[i])) - first;
                groups[i] = (char) group;
                counted[group + 1]++;
            }
        }
        for (int i = 1; i < counted.length; i++) {
            counted[i] += counted[i - 1];
        }
        int[] next = Arrays.copyOf(counted, counted.length);
        @Nullable Object[] grouped = new Object[counted[counted.length - 1]];
        for (int i = 0; i < references.length; i++) {
            if (references[i] != null) {
                grouped[next[groups[i]]++] = references[i];
            }
        }
        starts = counted;
        references = grouped;
    }

    /** Position of the group's first reference. */
    int from(int keyGroup) {
        return starts[keyGroup - firstKeyGroup];
    }

    /** Position after its last. */
    int to(int keyGroup) {
        return starts[keyGroup - firstKeyGroup + 1];
    }

    E at(int position) {
        return cast(references[position]);
    }

    @SuppressWarnings({"unchecked", "NullAway"}) // who makes the array fills it with E
    private E cast(@Nullable Object reference) {
        return (E) reference;
    }
}
