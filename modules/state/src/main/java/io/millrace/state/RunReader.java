// SPDX-License-Identifier: Apache-2.0
package io.millrace.state;

import java.io.IOException;
import java.util.List;

/** Reads one sorted run, front to back. Confined to one thread. */
public interface RunReader extends AutoCloseable {
    /** The states declared by the writer, by number. */
    List<StateMeta> states();

    /** Goes to the next entry; false at the end, once the checksum was verified. */
    boolean next() throws IOException;

    /** The composite key of the entry; valid until the next call of {@link #next}. */
    byte[] key();

    byte[] value();

    @Override
    void close() throws IOException;
}
