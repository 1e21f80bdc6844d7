// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.builtin;

import io.millrace.api.function.FlatMapFunction;
import io.millrace.operators.RecordProcessor;

/** Maps records to any number of them. */
final class FlatMapProcessor implements RecordProcessor {
    private final FlatMapFunction<Object, Object> function;
    private final RecordCollector collector;

    FlatMapProcessor(FlatMapFunction<Object, Object> function, RecordCollector collector) {
        this.function = function;
        this.collector = collector;
    }

    @Override
    public void process(Object record, long timestamp) throws Exception {
        collector.setTimestamp(timestamp);
        function.flatMap(record, collector);
    }
}
