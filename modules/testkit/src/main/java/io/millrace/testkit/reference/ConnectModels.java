// SPDX-License-Identifier: Apache-2.0
package io.millrace.testkit.reference;

import io.millrace.api.function.CoFlatMapFunction;
import io.millrace.api.function.CoMapFunction;
import io.millrace.api.function.CoProcessFunction;
import io.millrace.api.graph.ConnectSpec;

/** Functions on two streams, which see one record of either at a time: its results stay in its lane. */
@SuppressWarnings("unchecked") // the typed streams of the API made sure that functions get their records
final class ConnectModels {
    private ConnectModels() {}

    static void connect(ModelStep step) throws Exception {
        ConnectSpec spec = step.spec(ConnectSpec.class);
        switch (spec.kind()) {
            case MAP -> map(step, (CoMapFunction<Object, Object, Object>) spec.function());
            case FLAT_MAP -> flatMap(step, (CoFlatMapFunction<Object, Object, Object>) spec.function());
            case PROCESS -> process(step, (CoProcessFunction<Object, Object, Object>) spec.function());
            case KEYED_PROCESS -> KeyedProcessModel.coProcess(step);
        }
    }

    private static void map(ModelStep step, CoMapFunction<Object, Object, Object> function) throws Exception {
        function.open(new ModelContext());
        for (ModelRecord record : step.arrivals(0)) {
            step.emit(function.map1(record.value()), record.timestamp(), record.lane(), record.inTime());
        }
        for (ModelRecord record : step.arrivals(1)) {
            step.emit(function.map2(record.value()), record.timestamp(), record.lane(), record.inTime());
        }
        function.close();
    }

    private static void flatMap(ModelStep step, CoFlatMapFunction<Object, Object, Object> function) throws Exception {
        function.open(new ModelContext());
        for (ModelRecord record : step.arrivals(0)) {
            function.flatMap1(
                    record.value(), out -> step.emit(out, record.timestamp(), record.lane(), record.inTime()));
        }
        for (ModelRecord record : step.arrivals(1)) {
            function.flatMap2(
                    record.value(), out -> step.emit(out, record.timestamp(), record.lane(), record.inTime()));
        }
        function.close();
    }

    private static void process(ModelStep step, CoProcessFunction<Object, Object, Object> function) throws Exception {
        function.open(new ModelContext());
        for (ModelRecord record : step.arrivals(0)) {
            function.processElement1(
                    record.value(),
                    new RecordContext(step, record),
                    out -> step.emit(out, record.timestamp(), record.lane(), record.inTime()));
        }
        for (ModelRecord record : step.arrivals(1)) {
            function.processElement2(
                    record.value(),
                    new RecordContext(step, record),
                    out -> step.emit(out, record.timestamp(), record.lane(), record.inTime()));
        }
        function.close();
    }
}
