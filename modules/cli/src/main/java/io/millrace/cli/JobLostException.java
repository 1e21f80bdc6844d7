// SPDX-License-Identifier: Apache-2.0
package io.millrace.cli;

/** The end of a job cannot be learned. */
final class JobLostException extends Exception {
    private static final long serialVersionUID = 1;

    JobLostException(String job, Throwable cause) {
        super(
                "The job '" + job + "' no longer answers: " + cause.getMessage()
                        + ". Start it again with the same --dir and --name and it goes on from its last checkpoint.",
                cause);
    }
}
