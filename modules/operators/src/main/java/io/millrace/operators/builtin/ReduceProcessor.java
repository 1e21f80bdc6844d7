// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.builtin;

import io.millrace.api.function.ReduceFunction;
import io.millrace.operators.RecordProcessor;
import io.millrace.state.NamespacedValueState;
import io.millrace.state.NoNamespace;

/** Folds records into the running value of their key. */
final class ReduceProcessor implements RecordProcessor {
    private final ReduceFunction<Object> function;
    private final NamespacedValueState<NoNamespace, Object> values;
    private final RecordCollector collector;

    ReduceProcessor(
            ReduceFunction<Object> function,
            NamespacedValueState<NoNamespace, Object> values,
            RecordCollector collector) {
        this.function = function;
        this.values = values;
        this.collector = collector;
    }

    @Override
    public void process(Object record, long timestamp) throws Exception {
        Object before = values.get(NoNamespace.INSTANCE);
        Object after = before == null ? record : function.reduce(before, record);
        collector.setTimestamp(timestamp);
        // Checked before it is kept: null in state would mean that there is none.
        collector.collect(after);
        if (after != before) {
            values.put(NoNamespace.INSTANCE, after);
        }
    }
}
