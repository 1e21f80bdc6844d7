// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.sink;

import io.millrace.api.sink.SinkWriter;

/** The per-record part of a sink, specialised for each. */
final class WritingProcessor extends CountingProcessor {
    private final SinkWriter<Object> writer;

    WritingProcessor(SinkWriter<Object> writer) {
        this.writer = writer;
    }

    @Override
    public void process(Object record, long timestamp) throws Exception {
        written++;
        writer.write(record, timestamp);
    }
}
