// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class SplitRedistributionTest {
    @Test
    void asManySubtasksGetTheirOwnBack() {
        List<List<String>> lists = List.of(List.of("a", "b", "c"), List.of(), List.of("d"));
        assertThat(SplitRedistribution.deal(lists, 3)).isEqualTo(lists);
    }

    @Test
    void otherwiseElementsAreDealtOutEvenly() {
        List<List<String>> lists = List.of(List.of("a", "b", "c"), List.of(), List.of("d", "e"));
        assertThat(SplitRedistribution.deal(lists, 2)).containsExactly(List.of("a", "b", "c"), List.of("d", "e"));
        assertThat(SplitRedistribution.deal(lists, 4))
                .containsExactly(List.of("a", "b"), List.of("c"), List.of("d"), List.of("e"));
        assertThat(SplitRedistribution.deal(lists, 1)).containsExactly(List.of("a", "b", "c", "d", "e"));
        assertThat(SplitRedistribution.deal(List.<List<String>>of(), 2)).containsExactly(List.of(), List.of());
    }

    @Test
    void somebodyMustBeThere() {
        assertThatThrownBy(() -> SplitRedistribution.deal(List.of(), 0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Property(tries = 300)
    void eachElementIsDealtOnce(
            @ForAll @Size(max = 12) List<@Size(max = 9) List<Integer>> lists,
            @ForAll @IntRange(min = 1, max = 12) int n) {
        List<List<Integer>> dealt = SplitRedistribution.deal(lists, n);
        assertThat(dealt).hasSize(n);
        assertThat(joined(dealt)).isEqualTo(joined(lists));
        if (n != lists.size()) {
            int shortest = dealt.stream().mapToInt(List::size).min().orElseThrow();
            int longest = dealt.stream().mapToInt(List::size).max().orElseThrow();
            assertThat(longest - shortest).isLessThanOrEqualTo(1);
        }
    }

    private static List<Integer> joined(List<List<Integer>> lists) {
        List<Integer> all = new ArrayList<>();
        lists.forEach(all::addAll);
        return all;
    }
}
