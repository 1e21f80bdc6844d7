// SPDX-License-Identifier: Apache-2.0
/**
 * Feedback loops: the queue at the head of a loop, the log of what is on its way round at a checkpoint, and the rounds by
 * which a bounded loop finds out that nothing circulates any more.
 *
 * <h2>The idea</h2>
 *
 * <p>Without its feedback edges a job is acyclic, and everything works as it does without loops. The head of a loop reads
 * the feedback channels apart from all others.
 *
 * <ul>
 *   <li><b>No deadlock.</b> The head takes what comes back at once, whatever its outputs hold, into a
 *       {@link io.millrace.runtime.loop.FeedbackQueue} that spills to disk. So the last subtasks of a loop always get
 *       credit, and each one before them. The queue goes ahead of input from outside, which is read only while the queue
 *       is below a bound. What circulates is what waits there and what the channels of the loop hold by their credits.
 *   <li><b>Checkpoints</b> (Carbone et al., "Lightweight Asynchronous Snapshots for Distributed Dataflows", 2015,
 *       section 4.3). The head aligns its outside channels alone, snapshots its queue, and sends the barrier into the
 *       loop. What comes back on a feedback channel before the barrier does was sent before it, but is in no snapshot: the
 *       {@link io.millrace.runtime.loop.FeedbackLog} keeps it. Once the barrier has come back on all feedback channels the
 *       log is complete, and with it the head's part of the checkpoint. After a restore, first the queue, then the log
 *       goes into the loop.
 *   <li>A feedback channel may bring the barrier before the head has aligned it, when it comes from another subtask of
 *       the head. What stands behind is not of the checkpoint and has to wait. That is safe: a subtask that has passed the
 *       barrier has it from all above it, so those who have not passed it send, by edges that are no feedback, only to
 *       others who have not, and their feedback is still read. They go on, and the barrier reaches the head.
 *   <li><b>Only one log is open.</b> A checkpoint that comes before the log of another is complete is declined, and its
 *       barrier passed on. A log is given up when a newer barrier comes back: the older one never will.
 *   <li><b>The end.</b> A head whose input has ended and whose queue is empty sends a numbered probe through the loop. A
 *       subtask passes it on when all its channels have brought it or have ended, so it comes behind everything that the
 *       records before it became. A round is quiet for a head if no record came back to it between sending and return. If
 *       one round is quiet for all heads, nothing circulates: the first record that a head sends after its probe would
 *       have come from one sent before a probe, which came back in time to be seen. How many quiet rounds there were in a
 *       row travels with the probes, each head taking the least of all that reach it and its own. With n heads, n + 1
 *       rounds in a row at one mean that two common ones were quiet at all that can reach it: so it is right for any
 *       wiring, without asking the coordinator.
 *   <li><b>Timers.</b> The watermark of the end goes ahead of the first probe, with all that is due at it. A subtask that
 *       has handled records since the last probe handles the last watermark once more before it passes the next, for
 *       timers that these have set, and the count begins anew with that probe. Timers of processing time rest while
 *       probes go round that carry a quiet round, so in the second of the common rounds nothing is left that could emit.
 * </ul>
 *
 * <p>Nothing of probes is in a checkpoint: after a restore the rounds begin anew. Threading: everything is confined to
 * one subtask, but for what is written and read on IO threads, which never changes.
 */
@NullMarked
package io.millrace.runtime.loop;

import org.jspecify.annotations.NullMarked;
