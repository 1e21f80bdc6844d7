// SPDX-License-Identifier: Apache-2.0
package io.millrace.api;

/**
 * A stream job: a class with a public no-argument constructor whose {@link #define} describes the dataflow.
 *
 * <p>No closure is shipped. {@code define} runs once on the coordinator and once for <em>each subtask</em>, on the
 * subtask's node and again after every recovery, so the functions it creates are never shared between subtasks and may
 * have fields. It must therefore describe the same dataflow every time it is given the same arguments: what may differ
 * between runs (the time, a random number, an environment variable) has to come from the environment, see
 * {@link StreamEnvironment#args()}, {@link StreamEnvironment#startTime()} and {@link StreamEnvironment#once}. A job
 * whose definitions differ fails with an error that names the difference.
 */
@Stable
@FunctionalInterface
public interface StreamJob {
    /**
     * Describes the dataflow by calling methods of {@code env} and of the streams it returns.
     *
     * @param env the environment of this definition; not to be kept after the call
     * @throws Exception when the job cannot be defined, for example because an argument is missing; the job then fails
     */
    void define(StreamEnvironment env) throws Exception;
}
