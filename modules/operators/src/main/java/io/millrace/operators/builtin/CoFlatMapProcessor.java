// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.builtin;

import io.millrace.api.function.CoFlatMapFunction;
import io.millrace.operators.RecordProcessor;

/** Gives the records of one of two streams to a function that makes any number of records of each. */
final class CoFlatMapProcessor implements RecordProcessor {
    private final CoFlatMapFunction<Object, Object, Object> function;
    private final RecordCollector collector;
    private final boolean first;

    CoFlatMapProcessor(CoFlatMapFunction<Object, Object, Object> function, RecordCollector collector, boolean first) {
        this.function = function;
        this.collector = collector;
        this.first = first;
    }

    @Override
    public void process(Object record, long timestamp) throws Exception {
        collector.setTimestamp(timestamp);
        if (first) {
            function.flatMap1(record, collector);
        } else {
            function.flatMap2(record, collector);
        }
    }
}
