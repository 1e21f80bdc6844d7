// SPDX-License-Identifier: Apache-2.0
package io.millrace.runtime.loop;

import java.io.IOException;

/** A checkpoint cannot be completed at the head of a loop: its barrier will not come back. Nothing is wrong with the job. */
public final class LogGivenUpException extends IOException {
    LogGivenUpException(long checkpointId) {
        super("the barrier of checkpoint " + checkpointId
                + " did not come back from the loop; that of a newer one did");
    }
}
