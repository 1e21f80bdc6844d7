// SPDX-License-Identifier: Apache-2.0
package io.millrace.runtime.chain;

import io.millrace.operators.RecordProcessor;
import io.millrace.runtime.channel.Outputs;
import io.millrace.runtime.protocol.RecordBatch;

/** Records without keys. */
final class PlainLoop extends RecordLoop {
    private final RecordProcessor head;
    private final String headName;
    private final Outputs outputs;

    PlainLoop(RecordProcessor head, String headName, Outputs outputs) {
        this.head = head;
        this.headName = headName;
        this.outputs = outputs;
    }

    @Override
    int run(RecordBatch batch, int from, int to) throws Exception {
        Object[] records = batch.records();
        long[] timestamps = batch.timestamps();
        int i = from;
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
