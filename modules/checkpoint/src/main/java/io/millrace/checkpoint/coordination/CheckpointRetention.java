// SPDX-License-Identifier: Apache-2.0
package io.millrace.checkpoint.coordination;

import io.millrace.checkpoint.manifest.SnapshotPaths;
import io.millrace.checkpoint.manifest.SnapshotPaths.Location;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Decides which stored files of a job are orphans: left by aborted checkpoints or by subsumed ones, and referred to by
 * none that the journal retains. Deleting too little costs disk space until the next sweep, deleting too much costs a
 * job its state, so every doubt keeps the file:
 *
 * <ul>
 *   <li>When a retained checkpoint could not be read, what it needs is unknown, and nothing is deleted at all.
 *   <li>A checkpoint newer than the newest completed one of the current epoch may be in flight, and the files a pending
 *       one builds on are its own, those of that newest one, or of checkpoints between the two. So nothing above that
 *       horizon is deleted, and before an epoch's first completed checkpoint nothing whatsoever.
 *   <li>Files of a later epoch mean that this coordinator is the old one.
 *   <li>Other jobs' files, and files that are not of the layout, are not ours.
 * </ul>
 *
 * <p>Pure. A checkpoint that completes between the listing, the decision and the deletion does no harm: what it builds
 * on is kept by the rules above. The caller waits a grace time before deleting what readers may still have open.
 */
public final class CheckpointRetention {
    private CheckpointRetention() {}

    /**
     * Decides on a listing.
     *
     * @param jobId the job that sweeps
     * @param epoch its current epoch
     * @param pendingId the pending checkpoint, if any
     * @param retained every checkpoint and savepoint that the journal retains
     * @param storedPaths what is stored, by relative path
     */
    public static SweepDecision orphans(
            String jobId,
            long epoch,
            OptionalLong pendingId,
            List<RetainedCheckpoint> retained,
            List<String> storedPaths) {
        Set<String> needed = new HashSet<>();
        OptionalLong horizon = OptionalLong.empty();
        for (RetainedCheckpoint checkpoint : retained) {
            CompletedCheckpoint journalled = checkpoint.checkpoint();
            Set<String> referenced = checkpoint.referencedPaths();
            if (referenced == null) {
                return SweepDecision.heldBack("checkpoint " + journalled.id() + " of job " + jobId
                        + " cannot be read, so the files it needs are unknown; repair or dispose of "
                        + journalled.manifest().path());
            }
            if (journalled.epoch() > epoch) {
                return SweepDecision.heldBack("checkpoint " + journalled.id() + " of job " + jobId + " is of epoch "
                        + journalled.epoch() + ", later than this coordinator's " + epoch);
            }
            needed.add(journalled.manifest().path());
            needed.addAll(referenced);
            if (journalled.epoch() == epoch) {
                horizon = OptionalLong.of(Math.max(journalled.id(), horizon.orElse(journalled.id())));
            }
        }
        if (horizon.isEmpty()) {
            return SweepDecision.heldBack("epoch " + epoch + " of job " + jobId + " has no completed checkpoint yet");
        }
        Horizon limit = new Horizon(jobId, epoch, horizon.getAsLong(), pendingId);
        return new SweepDecision(
                storedPaths.stream()
                        .filter(path -> !needed.contains(path) && limit.isBehind(path))
                        .toList(),
                null);
    }

    /** How far a sweep may reach. */
    private record Horizon(String jobId, long epoch, long newestCompleted, OptionalLong pendingId) {
        boolean isBehind(String path) {
            return SnapshotPaths.locate(path).filter(this::isBehind).isPresent();
        }

        private boolean isBehind(Location location) {
            boolean pending = pendingId.isPresent() && pendingId.getAsLong() == location.checkpointId();
            return location.isOfJob(jobId)
                    && location.epoch() <= epoch
                    && location.checkpointId() <= newestCompleted
                    && !pending;
        }
    }
}
