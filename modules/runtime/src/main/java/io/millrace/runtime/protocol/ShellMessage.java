// SPDX-License-Identifier: Apache-2.0
package io.millrace.runtime.protocol;

import java.util.Map;
import org.apache.pekko.actor.typed.ActorRef;

/** What the actors' shells add to the protocol: references. */
public sealed interface ShellMessage extends ControlMessage {
    /** What a subtask tells its coordinator, with the reference that data goes to. */
    record Told(SubtaskEvent event, ActorRef<SubtaskMessage> subtask) implements ShellMessage {}

    /** A deployment, with the coordinator to answer to. */
    record DeployFrom(SubtaskCommand.Deploy deploy, ActorRef<Told> coordinator)
            implements ShellMessage, SubtaskMessage {}

    /** The go-ahead, with everybody's references by the subtasks' names. */
    record ConnectTo(SubtaskCommand.Connect connect, Map<String, ActorRef<SubtaskMessage>> peers)
            implements ShellMessage, SubtaskMessage {}

    /** Sharding wants the entity to stop. */
    record HandOff() implements ShellMessage, SubtaskMessage {}
}
