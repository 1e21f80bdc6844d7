// SPDX-License-Identifier: Apache-2.0
package io.millrace.testkit.reference;

import io.millrace.api.function.AggregateFunction;
import io.millrace.api.function.ProcessWindowFunction;
import io.millrace.api.function.ReduceFunction;
import io.millrace.api.function.RichFunction;
import io.millrace.api.graph.OperatorSpec;
import io.millrace.api.graph.WindowBody;
import io.millrace.api.state.KeyedStateStore;
import io.millrace.api.stream.OutputTag;
import io.millrace.api.window.MergingWindowAssigner;
import io.millrace.api.window.Window;
import io.millrace.api.window.WindowGrid;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Windows: each record is put into all of its windows, and each window that holds something gives its result once, at its
 * last timestamp; or, where records are counted, each time that there are enough.
 */
@SuppressWarnings("unchecked") // the typed streams of the API made sure that functions get their records
final class WindowModel {
    private WindowModel() {}

    static void windows(ModelStep step) throws Exception {
        OperatorSpec.WindowSpec spec = step.spec(OperatorSpec.WindowSpec.class);
        CountModel count = CountModel.of(spec);
        boolean plain = spec.trigger() == null || spec.trigger().toString().matches("(purging )?event time");
        if (count == null && (!plain || spec.evictor() != null)) {
            throw new UnsupportedOperationException("The reference model does not know windows " + spec.details());
        }
        for (Object function : spec.body().functions()) {
            if (function instanceof RichFunction rich) {
                rich.open(new ModelContext());
            }
        }
        for (Map.Entry<Object, List<ModelRecord>> key : step.byKey(0).entrySet()) {
            if (count != null) {
                count.run(step, key.getKey(), key.getValue());
                continue;
            }
            ModelStep.requireInTime(key.getValue());
            for (Map.Entry<Window, List<ModelRecord>> window :
                    WindowDefinitions.windows(spec.assigner(), key.getValue()).entrySet()) {
                fire(step, key.getKey(), window.getKey(), window.getValue());
            }
        }
    }

    /** The result of a window that holds these records. */
    static void fire(ModelStep step, Object key, Window window, List<ModelRecord> records) throws Exception {
        WindowBody body = step.spec(OperatorSpec.WindowSpec.class).body();
        List<Object> contents = contentsOf(step, body, records);
        var function = (ProcessWindowFunction<Object, Object, Object, Window>) body.windowFunction();
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
        public KeyedStateStore windowState() {
            throw new UndecidedException("the function keeps state between firings");
        }

        @Override
        public KeyedStateStore globalState() {
            throw new UndecidedException("the function keeps state between windows");
        }

        @Override
        public <X> void output(OutputTag<X> tag, X value) {
            step.emitSide(tag, value, window.maxTimestamp(), lane, true);
        }
    }

    /**
     * Windows that share what they hold may fold that first, and sessions fold what they merge: who can tell the
     * difference is told so.
     */
    private static void requireFreeFolding(ModelStep step, Object function, List<ModelRecord> records) {
        OperatorSpec.WindowSpec spec = step.spec(OperatorSpec.WindowSpec.class);
        WindowGrid grid = spec.assigner().grid();
        boolean inOrder = grid == null
                ? spec.assigner().toString().startsWith("global") || records.size() < 2
                : grid.size() <= grid.slide();
        if (!inOrder && !ModelStep.isOrderFree(function)) {
            throw new UndecidedException("windows that share or merge do not fold their records in order of arrival");
        }
        step.requireOrder(records, function);
    }

    /** What a window hands on: its records, or the one value that they are folded into. */
    private static List<Object> contentsOf(ModelStep step, WindowBody body, List<ModelRecord> records)
            throws Exception {
        if (body instanceof WindowBody.Keeping keeping) {
            return contentsOf(step, keeping.folding(), records);
        }
        if (body instanceof WindowBody.Reducing reducing) {
            requireFreeFolding(step, reducing.function(), records);
            var function = (ReduceFunction<Object>) reducing.function();
            Object value = null;
            for (ModelRecord record : records) {
                value = value == null ? record.value() : function.reduce(value, record.value());
            }
            return value == null ? List.of() : List.of(value);
        }
        if (body instanceof WindowBody.Aggregating aggregating) {
            requireFreeFolding(step, aggregating.function(), records);
            var function = (AggregateFunction<Object, Object, Object>) aggregating.function();
            Object accumulator = function.createAccumulator();
            for (ModelRecord record : records) {
                accumulator = function.add(record.value(), accumulator);
            }
            return List.of(function.getResult(accumulator));
        }
        Object function = ((WindowBody.Buffering) body).windowFunction();
        OperatorSpec.WindowSpec spec = step.spec(OperatorSpec.WindowSpec.class);
        if (spec.assigner() instanceof MergingWindowAssigner<?, ?>) {
            requireFreeFolding(step, function, records);
        }
        step.requireOrder(records, function);
        List<Object> values = new ArrayList<>();
        records.forEach(record -> values.add(record.value()));
        return values;
    }
}
