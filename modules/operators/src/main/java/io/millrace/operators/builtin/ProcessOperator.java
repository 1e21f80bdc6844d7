// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.builtin;

import io.millrace.api.function.ProcessFunction;
import io.millrace.api.stream.OutputTag;
import java.util.List;

/** Runs the general function on a stream without keys. */
final class ProcessOperator extends FunctionOperator {
    private final ProcessFunction<Object, Object> function;
    private final RecordContext recordContext = new RecordContext();

    ProcessOperator(ProcessFunction<Object, Object> function) {
        super(List.of(function));
        this.function = function;
    }

    @Override
    public void process(Object record, long timestamp) throws Exception {
        function.processElement(record, recordContext, collectorAt(timestamp));
    }

    private final class RecordContext implements ProcessFunction.Context {
        @Override
        public long timestamp() {
            return collector().timestamp();
        }

        @Override
        public long currentWatermark() {
            return context().currentWatermark();
        }

        @Override
        public <X> void output(OutputTag<X> tag, X record) {
            collector().collectSide(tag, record);
        }
    }
}
