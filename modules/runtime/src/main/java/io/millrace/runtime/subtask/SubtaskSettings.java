// SPDX-License-Identifier: Apache-2.0
package io.millrace.runtime.subtask;

import io.millrace.runtime.channel.ChannelSettings;
import io.millrace.runtime.loop.LoopSettings;
import java.time.Duration;

/**
 * Settings of a subtask.
 *
 * @param turnBudget longest time a turn goes on before others get the thread
 * @param flushAfter longest time a record waits in an open batch while the subtask works
 * @param reportInterval time between reports to the coordinator
 * @param loops of the heads of feedback loops
 */
public record SubtaskSettings(
        ChannelSettings channels,
        Duration turnBudget,
        Duration flushAfter,
        Duration reportInterval,
        LoopSettings loops) {
    /** Loops as they are by default. */
    public SubtaskSettings(
            ChannelSettings channels, Duration turnBudget, Duration flushAfter, Duration reportInterval) {
        this(channels, turnBudget, flushAfter, reportInterval, LoopSettings.defaults());
    }
}
