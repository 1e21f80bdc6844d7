// SPDX-License-Identifier: Apache-2.0
package io.millrace.runtime.subtask;

import io.millrace.checkpoint.coordination.SubtaskId;
import io.millrace.checkpoint.manifest.ChannelStatus;
import io.millrace.checkpoint.manifest.OperatorState;
import io.millrace.checkpoint.manifest.SnapshotPaths;
import io.millrace.checkpoint.manifest.SubtaskManifest;
import io.millrace.checkpoint.storage.StoredFile;
import io.millrace.operators.OperatorSnapshot;
import io.millrace.state.StateSnapshot;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/**
 * Writes a subtask's snapshot: parts and runs first, each durable, then the manifest that names them. Called on the
 * subtask; the writing happens on IO threads.
 */
final class SnapshotWriter {
    /**
     * What stays the same for all snapshots of an epoch.
     *
     * @param operatorIds the chain's, in order
     * @param firstKeyGroup first key group of the subtask
     * @param endKeyGroup key group after its last
     */
    record Origin(
            String jobId,
            SubtaskId subtask,
            long epoch,
            List<String> operatorIds,
            int firstKeyGroup,
            int endKeyGroup) {}

    /**
     * Where a subtask is in event time.
     *
     * @param watermarks of channels and operators
     */
    record Progress(long[] watermarks, List<ChannelStatus> channelStatuses) {}

    private final Origin origin;
    private final SnapshotServices services;
    private final Executor ioExecutor;

    SnapshotWriter(Origin origin, SnapshotServices services, Executor ioExecutor) {
        this.origin = origin;
        this.services = services;
        this.ioExecutor = ioExecutor;
    }

    /**
     * Writes a snapshot. The stage completes once nothing of it can be lost, or fails; keyed snapshots are closed then.
     *
     * @param progress where channels and operators are in event time
     */
    CompletionStage<StoredFile> write(long checkpointId, List<OperatorSnapshot> snapshots, Progress progress) {
        CompletableFuture<?>[] parts = snapshots.stream()
                .flatMap(snapshot -> snapshot.parts().values().stream())
                .map(CompletionStage::toCompletableFuture)
                .toArray(CompletableFuture<?>[]::new);
        return CompletableFuture.allOf(parts)
                .thenApplyAsync(ready -> writeAll(checkpointId, snapshots, progress), ioExecutor)
                .whenComplete((done, error) -> close(snapshots));
    }

    private StoredFile writeAll(long checkpointId, List<OperatorSnapshot> snapshots, Progress progress) {
        SnapshotPaths paths = new SnapshotPaths(origin.jobId(), origin.epoch(), checkpointId);
        String vertex = origin.subtask().vertexId();
        int index = origin.subtask().index();
        try {
            List<OperatorState> operators = new ArrayList<>();
            for (int i = 0; i < snapshots.size(); i++) {
                if (snapshots.get(i).keyed() != null
                        || !snapshots.get(i).parts().isEmpty()) {
                    operators.add(writeOperator(paths, origin.operatorIds().get(i), snapshots.get(i)));
                }
            }
            SubtaskManifest manifest = new SubtaskManifest(
                    SubtaskManifest.FORMAT_VERSION,
                    origin.jobId(),
                    vertex,
                    index,
                    origin.epoch(),
                    checkpointId,
                    operators,
                    Arrays.stream(progress.watermarks).boxed().toList(),
                    progress.channelStatuses);
            return services.manifests().write(paths.subtaskManifest(vertex, index), manifest);
        } catch (IOException e) {
            throw new CompletionException(e);
        }
    }

    private OperatorState writeOperator(SnapshotPaths paths, String operatorId, OperatorSnapshot snapshot)
            throws IOException {
        String vertex = origin.subtask().vertexId();
        int index = origin.subtask().index();
        Map<String, StoredFile> parts = new TreeMap<>();
        for (Map.Entry<String, CompletionStage<byte[]>> part : snapshot.parts().entrySet()) {
            byte[] bytes = part.getValue().toCompletableFuture().join();
            String path = paths.part(vertex, index, operatorId, part.getKey());
            parts.put(part.getKey(), services.storage().write(path, out -> out.write(bytes)));
        }
        StateSnapshot keyed = snapshot.keyed();
        if (keyed == null) {
            return new OperatorState(operatorId, 0, 0, List.of(), parts);
        }
        StoredFile run = services.runs().write(paths.run(vertex, index, operatorId, 0), keyed);
        return new OperatorState(operatorId, origin.firstKeyGroup(), origin.endKeyGroup(), List.of(run), parts);
    }

    private static void close(List<OperatorSnapshot> snapshots) {
        for (OperatorSnapshot snapshot : snapshots) {
            StateSnapshot keyed = snapshot.keyed();
            if (keyed != null) {
                keyed.close();
            }
        }
    }
}
