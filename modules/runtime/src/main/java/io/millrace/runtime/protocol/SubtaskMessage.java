// SPDX-License-Identifier: Apache-2.0
package io.millrace.runtime.protocol;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** Marks what a subtask's mailbox takes; the kinds that sharding may carry to another node have names. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME)
@JsonSubTypes({
    @JsonSubTypes.Type(value = ShellMessage.DeployFrom.class, name = "deploy"),
    @JsonSubTypes.Type(value = ShellMessage.ConnectTo.class, name = "connect"),
    @JsonSubTypes.Type(value = ShellMessage.HandOff.class, name = "hand-off"),
    @JsonSubTypes.Type(value = SubtaskCommand.TriggerCheckpoint.class, name = "trigger-checkpoint"),
    @JsonSubTypes.Type(value = SubtaskCommand.CheckpointCompleted.class, name = "checkpoint-completed"),
    @JsonSubTypes.Type(value = SubtaskCommand.AlignWatermark.class, name = "align-watermark"),
    @JsonSubTypes.Type(value = SubtaskCommand.Stop.class, name = "stop"),
    @JsonSubTypes.Type(value = DataMessage.CreditGrant.class, name = "credit-grant"),
    @JsonSubTypes.Type(value = DataMessage.SplitRequest.class, name = "split-request")
})
public interface SubtaskMessage {}
