// SPDX-License-Identifier: Apache-2.0
package io.millrace.runtime.chain;

import io.millrace.operators.RecordProcessor;
import io.millrace.runtime.channel.Outputs;
import io.millrace.runtime.protocol.RecordBatch;
import io.millrace.state.KeyedStateBackend;

/** Records without keys for an operator that has keyed state: for these, no key is current. */
final class KeylessLoop extends RecordLoop {
    private final RecordProcessor head;
    private final String headName;
    private final Outputs outputs;
    private final KeyedStateBackend state;

    KeylessLoop(RecordProcessor head, String headName, Outputs outputs, KeyedStateBackend state) {
        this.head = head;
        this.headName = headName;
        this.outputs = outputs;
        this.state = state;
    }

    @Override
    int run(RecordBatch batch, int from, int to) throws Exception {
        Object[] records = batch.records();
        long[] timestamps = batch.timestamps();
        int i = from;
        state.clearCurrentKey();
        try {
            while (i < to && !outputs.stopsInput()) {
                head.process(records[i], timestamps[i]);
                i++;
            }
            return i;
        } catch (OperatorFailedException e) {
            throw e;
        } catch (Throwable e) {
            throw OperatorFailedException.at(headName, e, records[i]);
        }
    }
}
