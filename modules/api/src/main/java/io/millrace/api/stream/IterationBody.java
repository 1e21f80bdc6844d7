// SPDX-License-Identifier: Apache-2.0
package io.millrace.api.stream;

import io.millrace.api.Evolving;

/**
 * The body of a loop; called once, while the job is defined.
 *
 * @param <T> records in the loop
 * @param <R> records that come out
 */
@Evolving
@FunctionalInterface
public interface IterationBody<T, R> {
    /**
     * Defines the body.
     *
     * @param loop what comes from outside and what comes back; give it a uid here
     */
    Iteration<T, R> apply(IterativeStream<T> loop);
}
