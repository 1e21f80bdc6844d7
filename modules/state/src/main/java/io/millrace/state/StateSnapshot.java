// SPDX-License-Identifier: Apache-2.0
package io.millrace.state;

import java.io.IOException;

/** An operator's keyed state as of a barrier. Written on an IO thread, once. */
public interface StateSnapshot extends AutoCloseable {
    /**
     * Writes all entries as a sorted run.
     *
     * @throws IOException when the run cannot be written, or the snapshot is closed
     */
    void writeTo(RunWriter run) throws IOException;

    /** Lets go of shared entries; idempotent, thread-safe. A {@link #writeTo} that is under way fails soon. */
    @Override
    void close();
}
