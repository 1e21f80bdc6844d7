// SPDX-License-Identifier: Apache-2.0
package io.millrace.testkit.simulation;

/** Bugs of feedback loops that the simulation puts in from the outside, to show that it would find them. */
public enum LoopBug {
    /** None: the engine as it is. */
    NONE,
    /** What was on its way round at a checkpoint is not kept. */
    LOG_DROPPED,
    /** A log is closed before all that was sent before the barrier has come back. */
    LOG_CLOSED_EARLY,
    /** A head that has had a quiet round does not ask whether the others had one. */
    HEADS_JUDGE_ALONE,
    /** A probe does not wait for the records before it. */
    PROBE_OVERTAKES,
    /** The head waits for watermarks of the feedback, which has none. */
    FEEDBACK_IN_WATERMARK
}
