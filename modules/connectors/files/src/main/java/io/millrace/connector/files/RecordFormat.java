// SPDX-License-Identifier: Apache-2.0
package io.millrace.connector.files;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** How the lines of files become records. Immutable. */
interface RecordFormat<T> {
    /** Whether the first line of each file names columns. */
    boolean hasHeader();

    /**
     * A decoder for one split. Called on an IO thread.
     *
     * @param header the file's first line, or null where the format has none
     * @throws IOException when the header does not fit
     */
    LineDecoder<T> decoder(String path, @Nullable String header) throws IOException;

    /** Makes a record of a line. Confined to one thread at a time. */
    interface LineDecoder<T> {
        /**
         * @param bytes holds the line, without its line end, from {@code from} to before {@code to}; the decoder may
         *     change these bytes
         * @return the record, or null for a line that is none
         * @throws MalformedLineException when it is not of the format
         */
        @Nullable
        T decode(byte[] bytes, int from, int to) throws MalformedLineException;
    }
}
