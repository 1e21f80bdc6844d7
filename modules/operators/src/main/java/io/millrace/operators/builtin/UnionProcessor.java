// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.builtin;

import io.millrace.operators.Output;
import io.millrace.operators.RecordProcessor;

/** Hands records on. */
final class UnionProcessor implements RecordProcessor {
    private final Output output;

    UnionProcessor(Output output) {
        this.output = output;
    }

    @Override
    public void process(Object record, long timestamp) throws Exception {
        output.emit(record, timestamp);
    }
}
