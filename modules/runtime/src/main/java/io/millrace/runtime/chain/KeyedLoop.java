// SPDX-License-Identifier: Apache-2.0
package io.millrace.runtime.chain;

import io.millrace.api.function.KeySelector;
import io.millrace.operators.RecordProcessor;
import io.millrace.runtime.channel.Outputs;
import io.millrace.runtime.protocol.RecordBatch;
import io.millrace.state.RecordKeys;

/** Records of one keyed edge: each makes its key current, by the hash that the sender computed. */
final class KeyedLoop extends RecordLoop {
    private final RecordProcessor head;
    private final String headName;
    private final Outputs outputs;
    private final KeySelector<Object, Object> selector;
    private final RecordKeys keys;

    KeyedLoop(
            RecordProcessor head,
            String headName,
            Outputs outputs,
            KeySelector<Object, Object> selector,
            RecordKeys keys) {
        this.head = head;
        this.headName = headName;
        this.outputs = outputs;
        this.selector = selector;
        this.keys = keys;
    }

    @Override
    int run(RecordBatch batch, int from, int to) throws Exception {
        Object[] records = batch.records();
        long[] timestamps = batch.timestamps();
        int[] keyHashes = batch.keyHashes();
        int i = from;
        try {
            keys.prefetch(keyHashes, from, to);
            while (i < to && !outputs.stopsInput()) {
                Object record = records[i];
                keys.setCurrentKey(selector.getKey(record), keyHashes[i]);
                head.process(record, timestamps[i]);
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
