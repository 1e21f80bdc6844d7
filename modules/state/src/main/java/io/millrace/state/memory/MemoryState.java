// SPDX-License-Identifier: Apache-2.0
package io.millrace.state.memory;

import io.millrace.serialization.CodecException;

/** One state of the backend, whatever its kind. */
interface MemoryState {
    StateDefinition<?, ?> definition();

    /** Number of live entries. */
    int size();

    /**
     * The state as it is now, to be written on another thread; the caller then begins a version.
     *
     * @param keys the keys' entries as they are now
     */
    FrozenState freeze(FrozenKeys keys);

    /**
     * Takes in an entry of a run.
     *
     * @throws CodecException when it cannot be read
     */
    void restore(RawEntry entry);
}
