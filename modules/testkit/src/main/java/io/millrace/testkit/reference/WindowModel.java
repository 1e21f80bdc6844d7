// SPDX-License-Identifier: Apache-2.0
package io.millrace.testkit.reference;

import io.millrace.api.function.AggregateFunction;
import io.millrace.api.function.ProcessWindowFunction;
import io.millrace.api.function.ReduceFunction;
import io.millrace.api.function.RichFunction;
import io.millrace.api.graph.OperatorSpec;
import io.millrace.api.graph.WindowBody;
import io.millrace.api.stream.OutputTag;
import io.millrace.api.window.Window;
import io.millrace.api.window.WindowGrid;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Windows: each record is put into all of its windows, and each window that holds something gives its result once. */
@SuppressWarnings("unchecked") // the typed streams of the API made sure that functions get their records
final class WindowModel {
    private WindowModel() {}

    static void windows(ModelStep step) throws Exception {
        OperatorSpec.WindowSpec spec = step.spec(OperatorSpec.WindowSpec.class);
        requireKnown(spec);
        for (Object function : spec.body().functions()) {
            if (function instanceof RichFunction rich) {
                rich.open(new ModelContext());
            }
        }
        for (Map.Entry<Object, List<ModelRecord>> key : step.byKey(0).entrySet()) {
            ModelStep.requireInTime(key.getValue());
            Map<Window, List<ModelRecord>> windows = new LinkedHashMap<>();
            for (ModelRecord record : key.getValue()) {
                for (Window window : WindowDefinitions.windowsOf(spec.assigner(), record.value(), record.timestamp())) {
                    windows.computeIfAbsent(window, absent -> new ArrayList<>()).add(record);
                }
            }
            List<Window> inOrder = new ArrayList<>(windows.keySet());
            inOrder.sort(Comparator.comparingLong(Window::maxTimestamp));
            for (Window window : inOrder) {
                fire(step, spec, key.getKey(), window, windows.get(window));
            }
        }
    }

    private static void requireKnown(OperatorSpec.WindowSpec spec) {
        if (spec.trigger() != null || spec.evictor() != null) {
            throw new UnsupportedOperationException("The reference model does not know the trigger " + spec.trigger()
                    + " or the evictor " + spec.evictor());
        }
        if (!spec.assigner().isEventTime()) {
            throw new UndecidedException("the clock decides when windows fire");
        }
    }

    private static void fire(
            ModelStep step, OperatorSpec.WindowSpec spec, Object key, Window window, List<ModelRecord> records)
            throws Exception {
        List<Object> contents = contentsOf(step, spec, records);
        var function = (ProcessWindowFunction<Object, Object, Object, Window>)
                spec.body().windowFunction();
        Lane lane = step.lane(key, "windows");
        if (function == null) {
            contents.forEach(value -> step.emit(value, window.maxTimestamp(), lane, true));
        } else {
            function.process(
                    key,
                    new WindowContext(step, window, lane),
                    contents,
                    value -> step.emit(value, window.maxTimestamp(), lane, true));
        }
    }

    private record WindowContext(ModelStep step, Window window, Lane lane)
            implements ProcessWindowFunction.Context<Window> {
        @Override
        public long currentWatermark() {
            throw new UndecidedException("the function asks for the watermark");
        }

        @Override
        public long currentProcessingTime() {
            throw new UndecidedException("the function asks for the clock");
        }

        @Override
        public <X> void output(OutputTag<X> tag, X value) {
            step.emitSide(tag, value, window.maxTimestamp(), lane, true);
        }
    }

    /** Windows that overlap may fold what they share first: whoever can tell the difference is told so. */
    private static void requireOneSlice(OperatorSpec.WindowSpec spec, Object function) {
        WindowGrid grid = spec.assigner().grid();
        if (grid != null && grid.size() > grid.slide() && !ModelStep.isOrderFree(function)) {
            throw new UndecidedException("windows that overlap do not fold their records in order of arrival");
        }
    }

    /** What a window hands on: its records, or the one value that they are folded into. */
    static List<Object> contentsOf(ModelStep step, OperatorSpec.WindowSpec spec, List<ModelRecord> records)
            throws Exception {
        WindowBody body = spec.body();
        if (body instanceof WindowBody.Reducing reducing) {
            requireOneSlice(spec, reducing.function());
            step.requireOrder(records, reducing.function());
            var function = (ReduceFunction<Object>) reducing.function();
            Object value = null;
            for (ModelRecord record : records) {
                value = value == null ? record.value() : function.reduce(value, record.value());
            }
            return value == null ? List.of() : List.of(value);
        }
        if (body instanceof WindowBody.Aggregating aggregating) {
            requireOneSlice(spec, aggregating.function());
            step.requireOrder(records, aggregating.function());
            var function = (AggregateFunction<Object, Object, Object>) aggregating.function();
            Object accumulator = function.createAccumulator();
            for (ModelRecord record : records) {
                accumulator = function.add(record.value(), accumulator);
            }
            return List.of(function.getResult(accumulator));
        }
        step.requireOrder(records, ((WindowBody.Buffering) body).windowFunction());
        List<Object> values = new ArrayList<>();
        records.forEach(record -> values.add(record.value()));
        return values;
    }
}
