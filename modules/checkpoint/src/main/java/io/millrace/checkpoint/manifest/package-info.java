// SPDX-License-Identifier: Apache-2.0
/**
 * What a checkpoint consists of: manifests as immutable records, their stored JSON form, the layout of paths, and the
 * decision what a subtask restores from them.
 *
 * <p>Entry types: {@link io.millrace.checkpoint.manifest.ManifestStore} for bytes,
 * {@link io.millrace.checkpoint.manifest.SnapshotPaths} for names,
 * {@link io.millrace.checkpoint.manifest.RestorePlan} for restoring. The JSON library is an inner matter: no type of it
 * is in a public signature.
 */
@NullMarked
package io.millrace.checkpoint.manifest;

import org.jspecify.annotations.NullMarked;
