// SPDX-License-Identifier: Apache-2.0
package io.millrace.checkpoint.storage;

import java.io.IOException;

/** A snapshot file is missing, shorter, longer or other than its handle says. The message names file and difference. */
public class CorruptSnapshotException extends IOException {
    public CorruptSnapshotException(String message) {
        super(message);
    }

    public CorruptSnapshotException(String message, Throwable cause) {
        super(message, cause);
    }
}
