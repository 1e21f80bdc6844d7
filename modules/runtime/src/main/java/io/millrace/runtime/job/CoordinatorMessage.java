// SPDX-License-Identifier: Apache-2.0
package io.millrace.runtime.job;

import io.millrace.checkpoint.coordination.SubtaskId;
import io.millrace.runtime.JobProgress;
import io.millrace.runtime.JobStatus;
import io.millrace.runtime.protocol.ControlMessage;
import io.millrace.runtime.protocol.JobSpec;
import io.millrace.runtime.protocol.ShellMessage;
import io.millrace.runtime.protocol.SubtaskMessage;
import org.apache.pekko.actor.typed.ActorRef;

/** What a coordinator's mailbox takes. */
public interface CoordinatorMessage {
    /** @param rejection why the job cannot run, or empty when it does */
    record SubmitAnswer(String rejection, boolean resumed) implements ControlMessage {}

    record Submit(JobSpec spec, ActorRef<SubmitAnswer> replyTo) implements CoordinatorMessage, ControlMessage {}

    record CancelAnswer(JobStatus status) implements ControlMessage {}

    record Cancel(ActorRef<CancelAnswer> replyTo) implements CoordinatorMessage, ControlMessage {}

    record ProgressAnswer(JobProgress progress) implements ControlMessage {}

    record GetProgress(ActorRef<ProgressAnswer> replyTo) implements CoordinatorMessage, ControlMessage {}

    /** Progress is to be sent until the watcher stops; said again now and then, as a coordinator may begin anew. */
    record Watch(ActorRef<ProgressAnswer> watcher) implements CoordinatorMessage, ControlMessage {}

    /** The watcher has ended. */
    record WatcherGone(ActorRef<ProgressAnswer> watcher) implements CoordinatorMessage {}

    /** What {@link ShellMessage.Told} is adapted to. */
    record FromSubtask(ShellMessage.Told told) implements CoordinatorMessage {}

    /** The actor of a subtask has ended, or its node. */
    record SubtaskGone(SubtaskId subtask, ActorRef<SubtaskMessage> reference) implements CoordinatorMessage {}

    /** The outcome of an effect, or a timer. */
    record Heard(JobMessage message) implements CoordinatorMessage {}

    /** Watchers are due. */
    enum Tick implements CoordinatorMessage {
        INSTANCE
    }

    /** Sharding wants the entity to stop. */
    record HandOff() implements CoordinatorMessage, ControlMessage {}
}
