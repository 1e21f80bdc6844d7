// SPDX-License-Identifier: Apache-2.0
package io.millrace.runtime.job;

import io.millrace.runtime.JobStatus;

/**
 * What a coordinator is doing.
 *
 * <pre>
 *  IDLE ─▶ DEFINING ─▶ RESTORING ─▶ DEPLOYING ─▶ RUNNING ─▶ DRAINING ─▶ COMMITTING ─▶ ENDED
 *             ▲  (epoch claimed) ▲      │           │          │            │           ▲
 *             │                  │      ▼           ▼          ▼            ▼           │
 *             │                  └── RESTARTING ◀── failure of a subtask or checkpoints ─┘ no restart left, cancel
 *             └── a coordinator that has replayed the journal of a job that has not ended
 * </pre>
 */
enum JobPhase {
    IDLE(JobStatus.CREATED, true),
    DEFINING(JobStatus.CREATED, true),
    RESTORING(JobStatus.DEPLOYING, true),
    DEPLOYING(JobStatus.DEPLOYING, false),
    RUNNING(JobStatus.RUNNING, false),
    DRAINING(JobStatus.DRAINING, false),
    COMMITTING(JobStatus.DRAINING, false),
    RESTARTING(JobStatus.RESTARTING, true),
    ENDED(JobStatus.FINISHED, true);

    private final JobStatus status;
    private final boolean atRest;

    JobPhase(JobStatus status, boolean atRest) {
        this.status = status;
        this.atRest = atRest;
    }

    /** What people see; a job that has ended says how itself. */
    JobStatus status() {
        return status;
    }

    /** True when nothing that subtasks say counts. */
    boolean isAtRest() {
        return atRest;
    }
}
