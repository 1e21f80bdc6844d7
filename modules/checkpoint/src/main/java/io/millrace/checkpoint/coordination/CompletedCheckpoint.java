// SPDX-License-Identifier: Apache-2.0
package io.millrace.checkpoint.coordination;

import io.millrace.checkpoint.manifest.CheckpointKind;
import io.millrace.checkpoint.storage.StoredFile;

/**
 * A checkpoint that is in the journal.
 *
 * @param id the checkpoint
 * @param epoch the epoch that took it
 * @param kind why it was taken; a savepoint is never subsumed
 * @param manifest its job manifest
 */
public record CompletedCheckpoint(long id, long epoch, CheckpointKind kind, StoredFile manifest) {}
