// SPDX-License-Identifier: Apache-2.0
package io.millrace.runtime.subtask;

import io.millrace.runtime.channel.ChannelSettings;
import java.time.Duration;

/**
 * Settings of a subtask.
 *
 * @param turnBudget longest time a turn goes on before others get the thread
 * @param flushAfter longest time a record waits in an open batch while the subtask works
 * @param reportInterval time between reports to the coordinator
 */
public record SubtaskSettings(
        ChannelSettings channels, Duration turnBudget, Duration flushAfter, Duration reportInterval) {}
