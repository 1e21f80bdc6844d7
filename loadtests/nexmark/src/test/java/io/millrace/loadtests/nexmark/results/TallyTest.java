// SPDX-License-Identifier: Apache-2.0
package io.millrace.loadtests.nexmark.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.loadtests.nexmark.events.Bid;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TallyTest {
    private static final Bid BID = new Bid(1, 2, 3, "channel", "url", 4, "extra");

    private static Tally of(Object... results) {
        Tally tally = new Tally();
        for (Object result : results) {
            tally.add(result);
        }
        return tally;
    }

    @Test
    void orderDoesNotCount() {
        Tally one = of(new AuctionPrice(1, 2), new AuctionPrice(3, 4), BID);
        Tally other = of(BID, new AuctionPrice(3, 4), new AuctionPrice(1, 2));
        assertThat(other.checksum()).isEqualTo(one.checksum());
        assertThat(other.results()).isEqualTo(one.results()).isEqualTo(3);
    }

    @Test
    void everyFieldCounts() {
        List<Object> different = List.of(
                BID,
                new Bid(9, 2, 3, "channel", "url", 4, "extra"),
                new Bid(1, 9, 3, "channel", "url", 4, "extra"),
                new Bid(1, 2, 9, "channel", "url", 4, "extra"),
                new Bid(1, 2, 3, "another", "url", 4, "extra"),
                new Bid(1, 2, 3, "channel", "another", 4, "extra"),
                new Bid(1, 2, 3, "channel", "url", 9, "extra"),
                new Bid(1, 2, 3, "channel", "url", 4, "another"),
                new Bid(2, 1, 3, "channel", "url", 4, "extra"),
                new AuctionPrice(1, 2),
                new AuctionPrice(2, 1),
                new AuctionCount(1, 2, 3),
                new AuctionCount(3, 2, 1),
                new AuctionCount(2, 1, 3));
        Set<Long> checksums = new HashSet<>();
        different.forEach(result -> checksums.add(of(result).checksum()));
        assertThat(checksums).hasSize(different.size());
    }

    @Test
    void ofChangesTheTableRemains() {
        Bid second = new Bid(1, 2, 30, "channel", "url", 5, "extra");
        Bid third = new Bid(1, 2, 300, "channel", "url", 6, "extra");
        Tally detour = of(new BidChange(BID, null), new BidChange(second, BID), new BidChange(third, second));
        Tally straight = of(new BidChange(third, null));
        assertThat(detour.checksum())
                .isEqualTo(straight.checksum())
                .isNotEqualTo(of(second).checksum());
        assertThat(detour.results()).isEqualTo(1);
    }

    @Test
    void whatIsNoResultIsRefused() {
        assertThatThrownBy(() -> of("text")).hasMessageContaining("java.lang.String");
    }

    @Test
    void aWriterHandsItsTallyInOnce() throws Exception {
        var writer = new TallySink("TallyTest").createWriter(null);
        writer.write(BID, 0);
        writer.flush(false);
        writer.write(new AuctionPrice(1, 2), 0);
        writer.flush(false);
        writer.flush(true);
        Measurement measurement = Measurement.of("TallyTest");
        assertThat(measurement.results()).isEqualTo(2);
        assertThat(measurement.checksum())
                .isEqualTo(of(BID, new AuctionPrice(1, 2)).checksum());
        Measurement.forget("TallyTest");
        assertThatThrownBy(() -> Measurement.of("TallyTest").first()).hasMessageContaining("no record");
        Measurement.forget("TallyTest");
    }
}
