// SPDX-License-Identifier: Apache-2.0
package io.millrace.testkit.reference;

import io.millrace.api.function.FilterFunction;
import io.millrace.api.function.FlatMapFunction;
import io.millrace.api.function.MapFunction;
import io.millrace.api.function.ProcessFunction;
import io.millrace.api.graph.OperatorSpec;

/** Operators that look at one record at a time: what they emit has its timestamp and stays in its lane. */
@SuppressWarnings("unchecked") // the typed streams of the API made sure that functions get their records
final class StatelessModels {
    private StatelessModels() {}

    static void map(ModelStep step) throws Exception {
        var function = (MapFunction<Object, Object>)
                step.spec(OperatorSpec.MapSpec.class).function();
        function.open(new ModelContext());
        for (ModelRecord record : step.arrivals(0)) {
            step.emit(function.map(record.value()), record.timestamp(), record.lane(), record.inTime());
        }
        function.close();
    }

    static void filter(ModelStep step) throws Exception {
        var function = (FilterFunction<Object>)
                step.spec(OperatorSpec.FilterSpec.class).function();
        function.open(new ModelContext());
        for (ModelRecord record : step.arrivals(0)) {
            if (function.filter(record.value())) {
                step.emit(record.value(), record.timestamp(), record.lane(), record.inTime());
            }
        }
        function.close();
    }

    static void flatMap(ModelStep step) throws Exception {
        var function = (FlatMapFunction<Object, Object>)
                step.spec(OperatorSpec.FlatMapSpec.class).function();
        function.open(new ModelContext());
        for (ModelRecord record : step.arrivals(0)) {
            function.flatMap(record.value(), out -> step.emit(out, record.timestamp(), record.lane(), record.inTime()));
        }
        function.close();
    }

    static void process(ModelStep step) throws Exception {
        var function = (ProcessFunction<Object, Object>)
                step.spec(OperatorSpec.ProcessSpec.class).function();
        function.open(new ModelContext());
        for (ModelRecord record : step.arrivals(0)) {
            function.processElement(
                    record.value(),
                    new RecordContext(step, record),
                    out -> step.emit(out, record.timestamp(), record.lane(), record.inTime()));
        }
        function.close();
    }
}
