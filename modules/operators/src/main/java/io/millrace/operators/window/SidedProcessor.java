// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.window;

import io.millrace.api.graph.SidedRecord;
import io.millrace.operators.RecordProcessor;

/** Says of each record which of two streams it came from. */
final class SidedProcessor implements RecordProcessor {
    private final RecordProcessor both;
    private final boolean left;

    SidedProcessor(RecordProcessor both, boolean left) {
        this.both = both;
        this.left = left;
    }

    @Override
    public void process(Object record, long timestamp) throws Exception {
        both.process(new SidedRecord(left, record), timestamp);
    }
}
