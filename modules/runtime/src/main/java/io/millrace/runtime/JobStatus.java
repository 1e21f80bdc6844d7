// SPDX-License-Identifier: Apache-2.0
package io.millrace.runtime;

/** What a job is doing, for people and programs. */
public enum JobStatus {
    /** Known, not yet placed. */
    CREATED,
    /** Its subtasks are being placed and opened, or restored from a checkpoint. */
    DEPLOYING,
    RUNNING,
    /** An operator or node failed; the job waits for its restart strategy. */
    RESTARTING,
    /** All input was read; the final checkpoint is on its way. */
    DRAINING,
    CANCELLING,
    FINISHED,
    CANCELED,
    FAILED;

    /** True when nothing will ever happen to the job again. */
    public boolean isTerminal() {
        return this == FINISHED || this == CANCELED || this == FAILED;
    }
}
