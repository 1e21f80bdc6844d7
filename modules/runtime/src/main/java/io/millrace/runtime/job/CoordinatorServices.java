// SPDX-License-Identifier: Apache-2.0
package io.millrace.runtime.job;

import io.millrace.runtime.placement.Slot;
import io.millrace.runtime.placement.SubtaskEnvelope;
import io.millrace.runtime.protocol.JobSpec;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/** What a coordinator's actor needs of its node. Thread-safe. */
public interface CoordinatorServices extends JobEffectRunner.Services {
    /** The settings of a job: the node's, under those the job was submitted with. */
    JobSettings settingsOf(@Nullable JobSpec spec);

    /** The slots of the cluster, in an order that does not change. */
    List<Slot> slots();

    /** The region of subtasks, or of those whose user code blocks. */
    ActorRef<SubtaskEnvelope> region(boolean blocking);

    Duration progressInterval();

    Clock clock();
}
