// SPDX-License-Identifier: Apache-2.0
package io.millrace.runtime.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.runtime.protocol.ChannelElement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class OutboundChannelTest {
    private final OutboundChannel.Overdrawn overdrawn = new OutboundChannel.Overdrawn();
    private final List<String> sent = new ArrayList<>();

    private OutboundChannel channel(int number, int maxOverdraft) {
        return new OutboundChannel(
                number,
                maxOverdraft,
                overdrawn,
                (channel, sequence, element) ->
                        sent.add(channel + ":" + sequence + ":" + ((ChannelElement.Barrier) element).checkpointId()));
    }

    private static ChannelElement element(long id) {
        return new ChannelElement.Barrier(id);
    }

    @Test
    void withoutCreditElementsWaitAndThenGoInOrder() {
        OutboundChannel channel = channel(3, 10);
        channel.send(element(7));
        channel.send(element(8));
        assertThat(sent).isEmpty();
        assertThat(overdrawn.any()).isTrue();
        channel.grant(1);
        assertThat(sent).containsExactly("3:0:7");
        assertThat(overdrawn.any()).isTrue();
        channel.grant(2);
        assertThat(sent).containsExactly("3:0:7", "3:1:8");
        assertThat(overdrawn.any()).isFalse();
        assertThat(channel.hasCredit()).isTrue();
        channel.send(element(9));
        assertThat(sent).endsWith("3:2:9");
        assertThat(channel.hasCredit()).isFalse();
    }

    @Test
    void theOverdraftHasALimit() {
        OutboundChannel channel = channel(0, 2);
        channel.send(element(1));
        channel.send(element(2));
        assertThatThrownBy(() -> channel.send(element(3)))
                .isInstanceOf(ProtocolViolationException.class)
                .hasMessageContaining("millrace.channel.max-overdraft");
    }

    @Test
    void someChannelIsOverdrawnAsLongAsElementsWaitAnywhere() {
        OutboundChannel[] channels = {channel(0, 1000), channel(1, 1000), channel(2, 1000)};
        Random random = new Random(17);
        for (int i = 0; i < 10_000; i++) {
            OutboundChannel channel = channels[random.nextInt(channels.length)];
            if (random.nextBoolean() && channel.waiting() < 1000) {
                channel.send(element(i));
            } else {
                channel.grant(random.nextInt(3));
            }
            boolean waits = channels[0].waiting() + channels[1].waiting() + channels[2].waiting() > 0;
            assertThat(overdrawn.any()).isEqualTo(waits);
        }
    }
}
