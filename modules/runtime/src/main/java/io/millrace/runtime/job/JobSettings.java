// SPDX-License-Identifier: Apache-2.0
package io.millrace.runtime.job;

import io.millrace.checkpoint.coordination.CheckpointSettings;

/**
 * Settings of a coordinator.
 *
 * @param checkpoints interval, timeout and the like
 * @param exactlyOnce false for at-least-once: barriers are not aligned
 * @param restart what happens after failures
 * @param deploymentTimeoutMs longest time until all subtasks are ready in a new epoch
 * @param resendMs time after which unanswered commands are said again
 * @param fallBackWhenCorrupt whether an unreadable checkpoint leads to the one before it, or to the job's failure
 */
public record JobSettings(
        CheckpointSettings checkpoints,
        boolean exactlyOnce,
        RestartSettings restart,
        long deploymentTimeoutMs,
        long resendMs,
        boolean fallBackWhenCorrupt) {}
