// SPDX-License-Identifier: Apache-2.0
package io.millrace.runtime.subtask;

import io.millrace.checkpoint.manifest.ManifestStore;
import io.millrace.checkpoint.storage.SnapshotStorage;
import io.millrace.state.run.RunStore;

/** Where snapshots are kept. Thread-safe. */
public record SnapshotServices(SnapshotStorage storage, RunStore runs, ManifestStore manifests) {
    public static SnapshotServices on(SnapshotStorage storage) {
        return new SnapshotServices(storage, RunStore.on(storage), new ManifestStore(storage));
    }
}
