// SPDX-License-Identifier: Apache-2.0
/**
 * Keyed state as objects on the heap; entry type {@link io.millrace.state.memory.MemoryStateBackend}.
 *
 * <p>Each state is a hash table of entry objects. A snapshot clones the array of references and raises the version; an
 * entry older than that version is shared with the snapshot while the snapshot is held, and is replaced rather than
 * changed. All types are confined to the subtask, but for what a snapshot reaches: entries of older versions, timers,
 * and the codecs that were duplicated for it.
 */
@NullMarked
package io.millrace.state.memory;

import org.jspecify.annotations.NullMarked;
