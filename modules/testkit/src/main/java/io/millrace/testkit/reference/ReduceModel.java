// SPDX-License-Identifier: Apache-2.0
package io.millrace.testkit.reference;

import io.millrace.api.function.ReduceFunction;
import io.millrace.api.graph.OperatorSpec;
import java.util.List;
import java.util.Map;

/** The running aggregate of each key: one result a record. */
final class ReduceModel {
    private ReduceModel() {}

    @SuppressWarnings("unchecked") // the typed streams of the API made sure that functions get their records
    static void reduce(ModelStep step) throws Exception {
        var function = (ReduceFunction<Object>)
                step.spec(OperatorSpec.ReduceSpec.class).function();
        function.open(new ModelContext());
        for (Map.Entry<Object, List<ModelRecord>> key : step.byKey(0).entrySet()) {
            step.requireOrder(key.getValue(), function);
            Lane lane = step.lane(key.getKey());
            Object value = null;
            for (ModelRecord record : key.getValue()) {
                value = value == null ? record.value() : function.reduce(value, record.value());
                step.emit(value, record.timestamp(), lane, record.inTime());
            }
        }
        function.close();
    }
}
