// SPDX-License-Identifier: Apache-2.0
package io.millrace.runtime.job;

import io.millrace.checkpoint.coordination.CheckpointRetention;
import io.millrace.checkpoint.coordination.CompletedCheckpoint;
import io.millrace.checkpoint.coordination.RetainedCheckpoint;
import io.millrace.checkpoint.coordination.SweepDecision;
import io.millrace.checkpoint.manifest.JobManifest;
import io.millrace.checkpoint.manifest.SnapshotPaths;
import io.millrace.checkpoint.storage.CorruptSnapshotException;
import io.millrace.runtime.chain.OperatorFailedException;
import io.millrace.runtime.definition.JobClasses;
import io.millrace.runtime.definition.JobDefinition;
import io.millrace.runtime.protocol.MessageLimits;
import io.millrace.runtime.subtask.SnapshotServices;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out the effects that block: definitions, manifests, sweeps. Each runs on an IO thread and its outcome comes
 * back as a message. Used by the coordinator's actor and by the simulation.
 */
public final class JobEffectRunner {
    private static final Logger LOG = LoggerFactory.getLogger(JobEffectRunner.class);

    /** What the effects need. */
    public interface Services {
        SnapshotServices snapshots();

        JobClasses jobClasses();

        Executor ioExecutor();
    }

    private final Services services;
    private final Consumer<JobMessage> outcome;

    /**
     * @param outcome takes what an effect leads to, on any thread
     */
    public JobEffectRunner(Services services, Consumer<JobMessage> outcome) {
        this.services = services;
        this.outcome = outcome;
    }

    /** Begins to carry out an effect that blocks. */
    public void run(JobEffect effect) {
        services.ioExecutor().execute(() -> {
            if (effect instanceof JobEffect.Define define) {
                define(define);
            } else if (effect instanceof JobEffect.ReadManifest read) {
                read(read);
            } else if (effect instanceof JobEffect.WriteManifest write) {
                write(write.manifest());
            } else if (effect instanceof JobEffect.Sweep sweep) {
                sweep(sweep);
            } else {
                throw new IllegalArgumentException("Not an effect that blocks: " + effect);
            }
        });
    }

    private void define(JobEffect.Define define) {
        try {
            JobDefinition definition =
                    JobDefinition.of(define.spec(), define.onceValues(), true, services.jobClasses());
            outcome.accept(new JobMessage.Defined(JobTopology.of(definition.graph()), definition.onceValues()));
        } catch (Throwable e) {
            OperatorFailedException.throwIfFatal(e);
            LOG.debug("The definition of {} failed.", define.spec().jobName(), e);
            String words = e.getMessage() == null ? e.toString() : e.getMessage();
            outcome.accept(new JobMessage.DefinitionFailed(MessageLimits.cut(words)));
        }
    }

    private void read(JobEffect.ReadManifest read) {
        try {
            JobManifest manifest =
                    services.snapshots().manifests().readJob(read.checkpoint().manifest());
            outcome.accept(new JobMessage.ManifestRead(read.epoch(), manifest));
        } catch (Exception | Error e) {
            outcome.accept(new JobMessage.ManifestUnreadable(
                    read.epoch(),
                    read.checkpoint().id(),
                    e instanceof CorruptSnapshotException,
                    MessageLimits.cut(OperatorFailedException.describe(e))));
        }
    }

    private void write(JobManifest manifest) {
        String path = new SnapshotPaths(manifest.jobId(), manifest.epoch(), manifest.checkpointId()).jobManifest();
        try {
            outcome.accept(new JobMessage.ManifestWritten(
                    manifest.epoch(),
                    manifest.checkpointId(),
                    services.snapshots().manifests().write(path, manifest)));
        } catch (Exception | Error e) {
            outcome.accept(new JobMessage.ManifestNotWritten(
                    manifest.epoch(),
                    manifest.checkpointId(),
                    MessageLimits.cut("the manifest of the checkpoint could not be written: "
                            + OperatorFailedException.describe(e))));
        }
    }

    private void sweep(JobEffect.Sweep sweep) {
        try {
            List<String> stored = services.snapshots().storage().list(SnapshotPaths.jobDirectory(sweep.jobId()));
            List<RetainedCheckpoint> retained = new ArrayList<>();
            for (CompletedCheckpoint checkpoint : sweep.retained()) {
                retained.add(retained(checkpoint));
            }
            SweepDecision decision =
                    CheckpointRetention.orphans(sweep.jobId(), sweep.epoch(), sweep.pendingId(), retained, stored);
            services.snapshots().storage().delete(decision.orphans());
        } catch (IOException e) {
            // What is left is found by the next sweep.
            LOG.warn(
                    "Old snapshots of job {} could not be deleted; the next checkpoint tries again.", sweep.jobId(), e);
        }
    }

    private RetainedCheckpoint retained(CompletedCheckpoint checkpoint) throws IOException {
        try {
            return new RetainedCheckpoint(
                    checkpoint, services.snapshots().manifests().referencedPaths(checkpoint.manifest()));
        } catch (CorruptSnapshotException e) {
            LOG.warn("Checkpoint {} cannot be read; no old snapshots are deleted meanwhile.", checkpoint.id(), e);
            return RetainedCheckpoint.unreadable(checkpoint);
        }
    }
}
