// SPDX-License-Identifier: Apache-2.0
package io.millrace.cli;

/** What the command's exit code says. */
final class ExitCodes {
    /** The job finished, or the plan or help was printed. */
    static final int FINISHED = 0;

    /** The job failed, was cancelled, or could not be started. */
    static final int FAILED = 1;

    /** The command line or a setting is wrong. */
    static final int USAGE = 2;

    /** Interrupted from the keyboard, as shells count it: 128 and the number of the signal. */
    static final int INTERRUPTED = 130;

    private ExitCodes() {}
}
