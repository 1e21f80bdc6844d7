// SPDX-License-Identifier: Apache-2.0
package io.millrace.checkpoint.manifest;

/** Why a checkpoint is taken, which says who owns it. Names are part of the manifest format. */
public enum CheckpointKind {
    /** Taken by the engine, periodically or on demand; subsumed by later ones. */
    CHECKPOINT,
    /** Taken for a user, who keeps it until he deletes it; never subsumed. */
    SAVEPOINT,
    /** A job's last checkpoint, after all input has ended; commits the sinks' last output. */
    FINAL
}
