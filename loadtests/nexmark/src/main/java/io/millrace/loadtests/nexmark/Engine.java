// SPDX-License-Identifier: Apache-2.0
package io.millrace.loadtests.nexmark;

/** Runs queries in this process, one after the other. Confined to one thread. */
interface Engine extends AutoCloseable {
    /**
     * Runs one, to its end.
     *
     * @throws RunFailedException in words for people, when there is no answer
     */
    RunResult run(RunSpec spec) throws RunFailedException, InterruptedException;

    @Override
    void close();
}
