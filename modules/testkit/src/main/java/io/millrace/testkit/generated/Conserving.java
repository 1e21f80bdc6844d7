// SPDX-License-Identifier: Apache-2.0
package io.millrace.testkit.generated;

import io.millrace.api.function.Collector;
import io.millrace.api.function.KeyedProcessFunction;
import io.millrace.api.function.ProcessFunction;
import io.millrace.api.function.ProcessWindowFunction;
import io.millrace.api.function.RuntimeContext;
import io.millrace.api.graph.LogicalPlan;
import io.millrace.api.graph.OperatorSpec;
import io.millrace.api.graph.Transformation;
import io.millrace.api.state.ValueState;
import io.millrace.api.state.ValueStateDescriptor;
import io.millrace.api.stream.DataStream;
import io.millrace.api.stream.OutputTag;
import io.millrace.api.window.TimeWindow;
import io.millrace.testkit.reference.Interpretation;
import io.millrace.testkit.reference.ModelRecord;
import io.millrace.testkit.reference.OrderConservation;
import io.millrace.testkit.reference.OrderFree;
import io.millrace.testkit.reference.WindowConservation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Steps that end a stream, and of which it is checked what holds where data do not decide. */
final class Conserving {
    static final String WINDOWS = "conserved";
    static final String ORDER = "ordered";

    /** An item that knows its time. */
    record Dated(long key, long value, long timestamp) {
        private static Dated parse(String text) {
            String[] parts = text.split(",");
            return new Dated(Long.parseLong(parts[0]), Long.parseLong(parts[1]), Long.parseLong(parts[2]));
        }

        private String text() {
            return key + "," + value + "," + timestamp;
        }
    }

    private Conserving() {}

    private static DataStream<Dated> dated(Building building, DataStream<Item> in) {
        return in.process(new Dating()).name(building.name("dating")).returns(Dated.class);
    }

    /** Windows that write all that they hold, with the late records beside them. */
    static void windows(Building building, DataStream<Item> in) {
        OutputTag<Dated> late = new OutputTag<>("late", Dated.class);
        String name = building.name(WINDOWS);
        DataStream<String> contents = dated(building, in)
                .keyBy(Dated::key, Long.class)
                .window(WindowSteps.windows(building, false))
                .sideOutputLateData(late)
                .process(new Listing())
                .name(name)
                .uid(name)
                .returns(String.class);
        building.sink(
                contents.getSideOutput(late)
                        .map(Dated::text)
                        .name(building.name("late"))
                        .returns(String.class),
                name + "-late");
        building.sink(contents, name + "-windows");
    }

    /** Writes each item with its number in its key. */
    static void order(Building building, DataStream<Item> in) {
        String name = building.name(ORDER);
        DataStream<String> numbered = dated(building, in)
                .keyBy(Dated::key, Long.class)
                .process(new Counting())
                .name(name)
                .uid(name)
                .returns(String.class);
        building.sink(numbered, name + "-numbers");
    }

    /** Checks all such steps of a job; null when nothing is wrong. */
    static @Nullable String violation(LogicalPlan plan, Interpretation model, Function<String, List<String>> committed)
            throws Exception {
        for (Transformation operator : plan.transformations()) {
            List<ModelRecord> arrivals = operator.spec().inputs() == 0 ? null : model.arrivals(operator, 0);
            String name = operator.name();
            String wrong = null;
            if (arrivals == null) {
                continue;
            } else if (name.startsWith(WINDOWS)) {
                wrong = wrongWindows(
                        (OperatorSpec.WindowSpec) operator.spec(),
                        arrivals,
                        committed.apply(name + "-windows"),
                        committed.apply(name + "-late"));
            } else if (name.startsWith(ORDER)) {
                wrong = OrderConservation.violation(arrivals, inOrder(committed.apply(name + "-numbers")));
            }
            if (wrong != null) {
                return "at " + name + " " + wrong;
            }
        }
        return null;
    }

    private static @Nullable String wrongWindows(
            OperatorSpec.WindowSpec spec, List<ModelRecord> arrivals, List<String> windows, List<String> late)
            throws Exception {
        List<WindowConservation.Fired> fired = new ArrayList<>();
        for (String text : windows) {
            String[] parts = text.split(" ");
            List<Object> values = new ArrayList<>();
            for (int i = 3; i < parts.length; i++) {
                values.add(Dated.parse(parts[i]));
            }
            TimeWindow window = new TimeWindow(Long.parseLong(parts[1]), Long.parseLong(parts[2]));
            fired.add(new WindowConservation.Fired(Long.parseLong(parts[0]), window, values));
        }
        List<Object> lateValues = new ArrayList<>();
        late.forEach(text -> lateValues.add(Dated.parse(text)));
        return WindowConservation.violation(spec.assigner(), arrivals, fired, lateValues);
    }

    private static Map<Object, List<Object>> inOrder(List<String> numbered) {
        Map<Object, TreeMap<Long, Object>> byNumber = new HashMap<>();
        for (String text : numbered) {
            String[] parts = text.split(" ");
            Dated value = Dated.parse(parts[1]);
            // A number that comes twice leaves one out, which is noticed.
            byNumber.computeIfAbsent(value.key, key -> new TreeMap<>()).put(Long.parseLong(parts[0]), value);
        }
        Map<Object, List<Object>> inOrder = new HashMap<>();
        byNumber.forEach((key, values) -> inOrder.put(key, new ArrayList<>(values.values())));
        return inOrder;
    }

    private static final class Dating extends ProcessFunction<Item, Dated> {
        @Override
        public void processElement(Item item, Context context, Collector<Dated> out) {
            out.collect(new Dated(item.key(), item.value(), context.timestamp()));
        }
    }

    private static final class Listing implements ProcessWindowFunction<Dated, String, Long, TimeWindow>, OrderFree {
        @Override
        public void process(Long key, Context<TimeWindow> context, Iterable<Dated> contents, Collector<String> out) {
            List<String> texts = new ArrayList<>();
            contents.forEach(item -> texts.add(item.text()));
            texts.sort(null);
            TimeWindow window = context.window();
            out.collect(key + " " + window.start() + " " + window.end() + " " + String.join(" ", texts));
        }
    }

    private static final class Counting extends KeyedProcessFunction<Long, Dated, String> {
        private ValueState<Long> count;

        @Override
        public void open(RuntimeContext context) {
            count = context.getState(new ValueStateDescriptor<>("count", Long.class));
        }

        @Override
        public void processElement(Dated item, Context<Long> context, Collector<String> out) {
            Long before = count.value();
            long number = before == null ? 1 : before + 1;
            count.update(number);
            out.collect(number + " " + item.text());
        }
    }
}
