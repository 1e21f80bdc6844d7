// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.state;

import java.util.ArrayList;
import java.util.List;

/** Who gets which elements of a list state after the number of subtasks has changed. Pure. */
public final class SplitRedistribution {
    private SplitRedistribution() {}

    /**
     * Deals elements out to subtasks. As many subtasks as before get their own back; else all elements, by subtask and
     * in their order there, are cut into pieces of which the first ones may be longer than the others by one element.
     *
     * @param lists the elements by the index of the subtask that had them
     * @param parallelism number of subtasks that get them, at least 1
     * @return the elements by subtask
     */
    public static <T> List<List<T>> deal(List<? extends List<T>> lists, int parallelism) {
        if (parallelism < 1) {
            throw new IllegalArgumentException("There are " + parallelism + " subtasks; at least 1 must be there.");
        }
        List<List<T>> dealt = new ArrayList<>(parallelism);
        if (lists.size() == parallelism) {
            lists.forEach(list -> dealt.add(List.copyOf(list)));
            return dealt;
        }
        List<T> all = new ArrayList<>();
        lists.forEach(all::addAll);
        int from = 0;
        for (int i = 0; i < parallelism; i++) {
            int to = from + all.size() / parallelism + (i < all.size() % parallelism ? 1 : 0);
            dealt.add(List.copyOf(all.subList(from, to)));
            from = to;
        }
        return dealt;
    }
}
