// SPDX-License-Identifier: Apache-2.0
package io.millrace.runtime.job;

/** The timers of a coordinator; setting one again replaces it. */
public enum JobTimer {
    /** The next checkpoint is due. */
    CHECKPOINT,
    /** The pending checkpoint has taken too long. */
    CHECKPOINT_TIMEOUT,
    /** Commands that have not been answered are said again. */
    RESEND,
    /** The deployment of the epoch has taken too long. */
    DEPLOYMENT,
    /** The back-off after a failure is over. */
    RESTART
}
