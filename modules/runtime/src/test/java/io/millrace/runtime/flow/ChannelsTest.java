// SPDX-License-Identifier: Apache-2.0
package io.millrace.runtime.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.runtime.protocol.ChannelElement;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class ChannelsTest {
    private static ChannelElement element(long id) {
        return new ChannelElement.Barrier(id);
    }

    /** A sender and a receiver; each number says which of them does something next. */
    @Property
    void everythingArrivesInOrderAndNeverTooMuch(
            @ForAll @Size(max = 200) List<@IntRange(max = 2) Integer> steps,
            @ForAll @IntRange(min = 1, max = 4) int credits) {
        InboundChannel receiver = new InboundChannel(0, credits);
        OutboundChannel sender = new OutboundChannel(
                0,
                1_000,
                new OutboundChannel.Overdrawn(),
                (channel, sequence, element) -> receiver.offer(sequence, element));
        List<ChannelElement> received = new ArrayList<>();
        long next = 0;
        for (int step : steps) {
            if (step == 0) {
                sender.send(element(next++));
            } else if (step == 1 && receiver.peek() != null) {
                received.add(receiver.peek());
                receiver.remove();
            } else {
                sender.grant(receiver.takeOwed(1));
            }
            assertThat(receiver.size()).isLessThanOrEqualTo(credits);
        }
        assertThat(received.size() + receiver.size() + sender.waiting()).isEqualTo((int) next);
        for (int i = 0; i < received.size(); i++) {
            assertThat(received.get(i)).isEqualTo(element(i));
        }
    }
}
