// SPDX-License-Identifier: Apache-2.0
package io.millrace.runtime.loop;

import io.millrace.operators.Output;
import io.millrace.operators.RecordProcessor;

/** Hands records on, from outside or from the queue. */
final class LoopProcessor implements RecordProcessor {
    private final Output output;

    LoopProcessor(Output output) {
        this.output = output;
    }

    @Override
    public void process(Object record, long timestamp) throws Exception {
        output.emit(record, timestamp);
    }
}
