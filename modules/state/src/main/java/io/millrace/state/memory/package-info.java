// SPDX-License-Identifier: Apache-2.0
/**
 * Keyed state as objects on the heap; entry type {@link io.millrace.state.memory.MemoryStateBackend}.
 *
 * <p>There is one hash table, of keys; a key's entry holds what all states of the operator keep for it, so a record
 * costs one look-up. A snapshot clones the array of references and raises the version; an entry older than that version
 * is shared with the snapshot while the snapshot is held, and is replaced rather than changed. All types are confined to
 * the subtask, but for what a snapshot reaches: entries of older versions, timers, and the codecs that were duplicated
 * for it.
 *
 * <p>Final classes with the methods that run for each record stand below abstract ones with all else. The former call no
 * static methods of their own and have no lambdas or nested classes, so that they can be defined once more for each
 * vertex and be compiled for its types alone.
 */
@NullMarked
package io.millrace.state.memory;

import org.jspecify.annotations.NullMarked;
