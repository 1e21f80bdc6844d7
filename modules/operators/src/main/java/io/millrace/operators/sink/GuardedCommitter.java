// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.sink;

import io.millrace.api.sink.CommitFailedException;
import io.millrace.api.sink.Committer;
import java.io.IOException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A committer that is not closed while it commits: commits run on IO threads and outlive the subtask, which must not
 * wait for them. Thread-safe.
 */
final class GuardedCommitter<C> {
    private static final Logger LOGGER = LoggerFactory.getLogger(GuardedCommitter.class);

    private final Committer<C> committer;
    private boolean committing;
    private boolean closed;

    GuardedCommitter(Committer<C> committer) {
        this.committer = committer;
    }

    /** Commits, one call at a time. */
    void commit(List<C> committables) throws IOException, CommitFailedException {
        synchronized (this) {
            if (closed) {
                throw new IOException("the sink was closed before the commit began; it is made after the recovery");
            }
            committing = true;
        }
        try {
            committer.commit(committables);
        } finally {
            commitEnded();
        }
    }

    private void commitEnded() {
        synchronized (this) {
            committing = false;
            if (!closed) {
                return;
            }
        }
        try {
            committer.close();
        } catch (Exception e) {
            LOGGER.warn("A committer could not be closed after its last commit", e);
        }
    }

    /** Closes the committer, now or when the running commit has ended. Called once. */
    void close() throws Exception {
        synchronized (this) {
            closed = true;
            if (committing) {
                return;
            }
        }
        committer.close();
    }
}
