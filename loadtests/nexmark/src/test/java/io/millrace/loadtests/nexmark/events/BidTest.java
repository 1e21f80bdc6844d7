// SPDX-License-Identifier: Apache-2.0
package io.millrace.loadtests.nexmark.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class BidTest {
    private static final Bid BID = new Bid(5, 5, 5, "e", "e", 5, "e");

    /** Differ from BID, and from each other, in one field each. */
    private static final List<Bid> OTHERS = List.of(
            new Bid(6, 5, 5, "e", "e", 5, "e"),
            new Bid(5, 6, 5, "e", "e", 5, "e"),
            new Bid(5, 5, 6, "e", "e", 5, "e"),
            new Bid(5, 5, 5, "f", "e", 5, "e"),
            new Bid(5, 5, 5, "e", "f", 5, "e"),
            new Bid(5, 5, 5, "e", "e", 6, "e"),
            new Bid(5, 5, 5, "e", "e", 5, "f"));

    @Test
    void priceThenTimeDecideWhichIsHigher() {
        Bid dearer = new Bid(1, 1, 6, "a", "a", 9, "a");
        Bid earlier = new Bid(1, 1, 5, "a", "a", 4, "a");
        assertThat(dearer.isHigherThan(BID)).isTrue();
        assertThat(BID.isHigherThan(dearer)).isFalse();
        assertThat(earlier.isHigherThan(BID)).isTrue();
        assertThat(BID.isHigherThan(earlier)).isFalse();
    }

    @Test
    void timeThenPriceDecideWhichIsLater() {
        Bid later = new Bid(1, 1, 1, "a", "a", 6, "a");
        Bid dearer = new Bid(1, 1, 6, "a", "a", 5, "a");
        assertThat(later.isLaterThan(BID)).isTrue();
        assertThat(BID.isLaterThan(later)).isFalse();
        assertThat(dearer.isLaterThan(BID)).isTrue();
        assertThat(BID.isLaterThan(dearer)).isFalse();
    }

    @Test
    void differentBidsNeverTie() {
        for (Bid other : OTHERS) {
            assertThat(other.isHigherThan(BID)).isNotEqualTo(BID.isHigherThan(other));
            assertThat(other.isLaterThan(BID)).isNotEqualTo(BID.isLaterThan(other));
        }
        assertThat(BID.isHigherThan(BID)).isFalse();
        assertThat(BID.isLaterThan(BID)).isFalse();
    }
}
