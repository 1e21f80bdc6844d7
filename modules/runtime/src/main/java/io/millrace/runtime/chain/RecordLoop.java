// SPDX-License-Identifier: Apache-2.0
package io.millrace.runtime.chain;

import io.millrace.runtime.protocol.RecordBatch;

/** Drives the records of batches through a chain. The loop itself is specialised: it sees one head operator. */
public abstract class RecordLoop {
    /**
     * Handles the records from {@code from} up to, not including, {@code to}; stops early when the outputs are full.
     *
     * @return the index of the first record that was not handled
     * @throws OperatorFailedException when user code failed; names operator and record
     */
    public abstract int run(RecordBatch batch, int from, int to) throws Exception;
}
