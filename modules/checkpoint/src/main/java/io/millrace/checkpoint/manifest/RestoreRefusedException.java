// SPDX-License-Identifier: Apache-2.0
package io.millrace.checkpoint.manifest;

import java.util.List;

/** A checkpoint cannot be restored into this job graph. The message names every reason and what to do. */
public final class RestoreRefusedException extends RuntimeException {
    private final List<String> reasons;

    RestoreRefusedException(String checkpoint, List<String> reasons) {
        super("Cannot restore " + checkpoint + ": " + String.join("; ", reasons));
        this.reasons = List.copyOf(reasons);
    }

    /** The reasons one by one; at least one. */
    public List<String> reasons() {
        return reasons;
    }
}
