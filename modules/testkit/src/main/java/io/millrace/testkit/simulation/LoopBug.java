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
    /** A head judges too early: it asks neither the other heads nor the body whether their rounds were quiet. */
    HEADS_JUDGE_ALONE
}
