// SPDX-License-Identifier: Apache-2.0
package io.millrace.runtime;

import io.millrace.api.JobArguments;
import io.millrace.api.StreamJob;
import org.apache.pekko.actor.typed.ActorSystem;

/** Submits jobs to the cluster that an actor system belongs to. */
public final class Millrace {
    private Millrace() {}

    /** The engine of that actor system. */
    public static Millrace get(ActorSystem<?> system) {
        return new Millrace();
    }

    /** Submits a job, or goes on with it where it is known already. */
    public JobHandle submit(String name, Class<? extends StreamJob> jobClass, JobArguments args, JobOptions options) {
        throw new JobRejectedException("The job '" + name + "' cannot run: this build has no engine.");
    }
}
