// SPDX-License-Identifier: Apache-2.0
package io.millrace.runtime.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.runtime.protocol.ChannelElement;
import org.junit.jupiter.api.Test;

class InboundChannelTest {
    private final InboundChannel channel = new InboundChannel(4, 2);

    private static ChannelElement element(long id) {
        return new ChannelElement.Barrier(id);
    }

    @Test
    void creditIsOwedFromTheStartAndForWhatWasTaken() {
        assertThat(channel.takeOwed(1)).isEqualTo(2);
        assertThat(channel.takeOwed(1)).isZero();
        channel.offer(0, element(1));
        channel.offer(1, element(2));
        assertThat(channel.peek()).isEqualTo(element(1));
        channel.remove();
        assertThat(channel.takeOwed(2)).isZero();
        channel.remove();
        assertThat(channel.takeOwed(2)).isEqualTo(2);
        assertThat(channel.peek()).isNull();
    }

    @Test
    void aGapARepetitionAndIgnoredCreditAreNoticed() {
        channel.offer(0, element(1));
        assertThatThrownBy(() -> channel.offer(0, element(1)))
                .isInstanceOf(ProtocolViolationException.class)
                .hasMessageContaining("element 0 where element 1 was due");
        assertThatThrownBy(() -> channel.offer(2, element(1))).isInstanceOf(ProtocolViolationException.class);
        channel.offer(1, element(2));
        assertThatThrownBy(() -> channel.offer(2, element(3)))
                .isInstanceOf(ProtocolViolationException.class)
                .hasMessageContaining("its 2 credits");
    }
}
