// SPDX-License-Identifier: Apache-2.0
package io.millrace.api.function;

import io.millrace.api.Evolving;
import java.util.Collection;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;

/**
 * Asks something outside the job about each record, a database or a service, without waiting for the answer.
 *
 * <p>{@link #asyncInvoke} and {@link #timeout} run on the subtask's thread like every function, so they must not block:
 * a client that knows only blocking calls is called on an executor of the function's own, opened in {@link #open} and
 * shut down in {@link #close}, or the operator is declared {@code blocking()}. The stage that is returned may be
 * completed by any thread. It has no state of keys, for it is also called when another key is current: at attempts, at
 * timeouts, and for records that were in flight before a recovery.
 *
 * <p>A record that is in flight when a checkpoint is taken is kept in it and asked about again after a recovery: what
 * is asked has to bear being asked twice. What comes of a record reaches the next operator once all the same.
 *
 * @param <I> the records asked about
 * @param <O> the results
 */
@Evolving
@FunctionalInterface
public interface AsyncFunction<I, O> extends RichFunction {
    /**
     * Begins to ask about a record.
     *
     * @return completes with what the record becomes, any number of results, none of them null; the collection must not
     *     be changed afterwards. When it completes exceptionally, or this method throws, the record is asked about again
     *     where the operator has a retry, and otherwise the job fails.
     */
    CompletionStage<? extends Collection<? extends O>> asyncInvoke(I record) throws Exception;

    /**
     * The answer did not come in time, retries included; one that comes later is ignored.
     *
     * @return what the record becomes in place of the answer
     * @throws Exception to have the job fail, as it does unless a function says otherwise
     */
    default Collection<? extends O> timeout(I record) throws Exception {
        throw new TimeoutException();
    }
}
