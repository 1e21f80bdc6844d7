// SPDX-License-Identifier: Apache-2.0
package io.millrace.api.sink;

import io.millrace.api.Stable;
import java.io.IOException;
import java.util.List;

/**
 * Makes prepared output visible. Called on an IO thread, by one thread at a time in an epoch; right after a recovery a
 * commit of the epoch before may still be under way beside the same commit of the new one, and must do no harm.
 */
@Stable
public interface Committer<C> extends AutoCloseable {
    /**
     * Commits all of them. Idempotent: after a failure or recovery the same committables come again, though some or all
     * of them are committed.
     *
     * @throws IOException when the outcome is not known or may be better next time; the engine tries again
     * @throws CommitFailedException when they can never be committed; the job fails and says what is lost
     */
    void commit(List<C> committables) throws IOException, CommitFailedException;

    @Override
    default void close() throws Exception {}
}
