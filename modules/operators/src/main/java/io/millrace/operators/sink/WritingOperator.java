// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.sink;

import io.millrace.api.sink.Sink;
import io.millrace.api.sink.SinkWriter;
import io.millrace.operators.OperatorContext;

/** The per-record part of a sink, specialised for each. */
final class WritingOperator extends SinkOperator {
    private SinkWriter<Object> writer;

    WritingOperator(Sink<Object> sink) {
        super(sink);
    }

    @Override
    public void open(OperatorContext operatorContext) throws Exception {
        super.open(operatorContext);
        writer = running();
    }

    @Override
    public void process(Object record, long timestamp) throws Exception {
        writer.write(record, timestamp);
    }
}
