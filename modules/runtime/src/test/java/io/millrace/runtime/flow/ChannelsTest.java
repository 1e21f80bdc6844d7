// SPDX-License-Identifier: Apache-2.0
package io.millrace.runtime.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.runtime.protocol.ChannelElement;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class ChannelsTest {
    private final List<String> sent = new ArrayList<>();
    private final OutboundChannel outbound = new OutboundChannel(
            4, 2, (channel, sequence, element) -> sent.add(channel + ":" + sequence + ":" + element));

    private static ChannelElement element(long id) {
        return new ChannelElement.Barrier(id);
    }

    @Test
    void nothingLeavesWithoutCredit() {
        outbound.send(element(1));
        assertThat(sent).isEmpty();
        assertThat(outbound.isOverdrawn()).isTrue();
        assertThat(outbound.lastWaiting()).isEqualTo(element(1));
        outbound.grant(2);
        assertThat(sent).containsExactly("4:0:" + element(1));
        assertThat(outbound.isOverdrawn()).isFalse();
        assertThat(outbound.hasCredit()).isTrue();
        outbound.send(element(2));
        assertThat(sent).containsExactly("4:0:" + element(1), "4:1:" + element(2));
        assertThat(outbound.hasCredit()).isFalse();
    }

    @Test
    void theOverdraftHasABound() {
        outbound.send(element(1));
        outbound.send(element(2));
        assertThat(outbound.waiting()).isEqualTo(2);
        assertThatThrownBy(() -> outbound.send(element(3)))
                .isInstanceOf(ProtocolViolationException.class)
                .hasMessageContaining("more than 2 batches")
                .hasMessageContaining("millrace.channel.max-overdraft");
    }

    @Test
    void aReceiverNoticesGapsRepetitionsAndTooMuch() {
        InboundChannel inbound = new InboundChannel(3, 2);
        inbound.offer(0, element(1));
        assertThatThrownBy(() -> inbound.offer(2, element(2)))
                .isInstanceOf(ProtocolViolationException.class)
                .hasMessageContaining("Channel 3 brought element 2 where element 1 was due");
        assertThatThrownBy(() -> inbound.offer(0, element(1))).isInstanceOf(ProtocolViolationException.class);
        inbound.offer(1, element(2));
        assertThatThrownBy(() -> inbound.offer(2, element(3)))
                .isInstanceOf(ProtocolViolationException.class)
                .hasMessageContaining("more than its 2 credits");
    }

    @Test
    void creditsAreOwedFromTheStartAndWithEachElementTakenOut() {
        InboundChannel inbound = new InboundChannel(0, 3);
        assertThat(inbound.takeOwed(1)).isEqualTo(3);
        assertThat(inbound.takeOwed(1)).isZero();
        inbound.offer(0, element(1));
        inbound.offer(1, element(2));
        assertThat(inbound.takeOwed(1)).isZero();
        inbound.remove();
        assertThat(inbound.takeOwed(2)).as("not worth a message").isZero();
        inbound.remove();
        assertThat(inbound.takeOwed(2)).isEqualTo(2);
    }

    /** A sender and a receiver; each number says which of them does something next. */
    @Property
    void everythingArrivesInOrderAndNeverTooMuch(
            @ForAll @Size(max = 200) List<@IntRange(max = 2) Integer> steps,
            @ForAll @IntRange(min = 1, max = 4) int credits) {
        InboundChannel receiver = new InboundChannel(0, credits);
        OutboundChannel sender =
                new OutboundChannel(0, 1_000, (channel, sequence, element) -> receiver.offer(sequence, element));
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
