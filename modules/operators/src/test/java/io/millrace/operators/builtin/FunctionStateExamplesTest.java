// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.builtin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.function.AggregateFunction;
import io.millrace.api.function.Collector;
import io.millrace.api.function.KeyedProcessFunction;
import io.millrace.api.function.MapFunction;
import io.millrace.api.function.ProcessFunction;
import io.millrace.api.function.RichFunction;
import io.millrace.api.function.RuntimeContext;
import io.millrace.api.graph.OperatorSpec;
import io.millrace.api.state.AggregatingState;
import io.millrace.api.state.AggregatingStateDescriptor;
import io.millrace.api.state.ListState;
import io.millrace.api.state.ListStateDescriptor;
import io.millrace.api.state.MapState;
import io.millrace.api.state.MapStateDescriptor;
import io.millrace.api.state.ReducingState;
import io.millrace.api.state.ReducingStateDescriptor;
import io.millrace.api.state.ValueState;
import io.millrace.api.state.ValueStateDescriptor;
import io.millrace.operators.Operator;
import io.millrace.operators.assembly.Operators;
import io.millrace.operators.harness.OperatorHarness;
import io.millrace.operators.harness.OperatorSnapshotCopy;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** An example of every kind of state that functions have, each run, recovered, and run on. */
class FunctionStateExamplesTest {
    record Visit(String user, String page, long millis) {}

    /** Value state: how often the key came. */
    static final class CountVisits extends KeyedProcessFunction<String, Visit, String> {
        private ValueState<Long> count;

        @Override
        public void open(RuntimeContext context) {
            count = context.getState(new ValueStateDescriptor<>("count", Long.class));
        }

        @Override
        public void processElement(Visit visit, Context<String> context, Collector<String> out) {
            Long before = count.value();
            long now = before == null ? 1 : before + 1;
            count.update(now);
            out.collect(context.currentKey() + " came " + now + " times");
        }
    }

    /** List state: emits the key's visits three at a time. */
    static final class Triples extends KeyedProcessFunction<String, Visit, String> {
        private ListState<String> pages;

        @Override
        public void open(RuntimeContext context) {
            pages = context.getListState(new ListStateDescriptor<>("pages", String.class));
        }

        @Override
        public void processElement(Visit visit, Context<String> context, Collector<String> out) {
            pages.add(visit.page());
            if (pages.get().size() == 3) {
                out.collect(String.join(" > ", pages.get()));
                pages.clear();
            }
        }
    }

    /** Map state: visits of each page, kept one by one. */
    static final class VisitsByPage extends KeyedProcessFunction<String, Visit, String> {
        private MapState<String, Long> visits;

        @Override
        public void open(RuntimeContext context) {
            visits = context.getMapState(new MapStateDescriptor<>("visits", String.class, Long.class));
        }

        @Override
        public void processElement(Visit visit, Context<String> context, Collector<String> out) {
            long now = visits.contains(visit.page()) ? Objects.requireNonNull(visits.get(visit.page())) + 1 : 1;
            visits.put(visit.page(), now);
            long all = 0;
            for (long each : visits.values()) {
                all += each;
            }
            out.collect(visit.page() + ": " + now + " of " + all);
        }
    }

    /** Reducing state: the key's longest visit. */
    static final class LongestVisit extends KeyedProcessFunction<String, Visit, String> {
        private ReducingState<Long> longest;

        @Override
        public void open(RuntimeContext context) {
            longest = context.getReducingState(new ReducingStateDescriptor<>("longest", Math::max, Long.class));
        }

        @Override
        public void processElement(Visit visit, Context<String> context, Collector<String> out) throws Exception {
            longest.add(visit.millis());
            out.collect("longest: " + longest.get());
        }
    }

    record CountAndSum(long count, long sum) {}

    static final class Mean implements AggregateFunction<Long, CountAndSum, Double> {
        @Override
        public CountAndSum createAccumulator() {
            return new CountAndSum(0, 0);
        }

        @Override
        public CountAndSum add(Long value, CountAndSum accumulator) {
            return new CountAndSum(accumulator.count() + 1, accumulator.sum() + value);
        }

        @Override
        public Double getResult(CountAndSum accumulator) {
            return (double) accumulator.sum() / accumulator.count();
        }

        @Override
        public CountAndSum merge(CountAndSum left, CountAndSum right) {
            return new CountAndSum(left.count() + right.count(), left.sum() + right.sum());
        }
    }

    /** Aggregating state: the mean of the key's visits. */
    static final class MeanVisit extends KeyedProcessFunction<String, Visit, String> {
        private AggregatingState<Long, Double> mean;

        @Override
        public void open(RuntimeContext context) {
            mean = context.getAggregatingState(new AggregatingStateDescriptor<>("mean", new Mean(), CountAndSum.class));
        }

        @Override
        public void processElement(Visit visit, Context<String> context, Collector<String> out) {
            mean.add(visit.millis());
            out.collect("mean: " + mean.get());
        }
    }

    /** Operator list state, on a stream without keys: collects visits, and loses none when it fails. */
    static final class Pairs extends ProcessFunction<Visit, String> {
        private ListState<String> waiting;

        @Override
        public void open(RuntimeContext context) {
            waiting = context.getOperatorListState(new ListStateDescriptor<>("waiting", String.class));
        }

        @Override
        public void processElement(Visit visit, Context context, Collector<String> out) {
            waiting.add(visit.page());
            if (waiting.get().size() == 2) {
                out.collect(String.join(" + ", waiting.get()));
                waiting.clear();
            }
        }
    }

    record Position(int subtask, long count) {}

    /** Union list state: after a recovery each subtask knows what all had counted, and goes on with its own. */
    static final class CountAll implements MapFunction<Visit, String> {
        private ListState<Position> positions;
        private long countOfAll;
        private long count;
        private int subtask;

        @Override
        public void open(RuntimeContext context) {
            subtask = context.subtaskIndex();
            positions = context.getUnionListState(new ListStateDescriptor<>("positions", Position.class));
            for (Position position : positions.get()) {
                countOfAll += position.count();
                count += position.subtask() == subtask ? position.count() : 0;
            }
            positions.update(List.of(new Position(subtask, count)));
        }

        @Override
        public String map(Visit visit) {
            countOfAll++;
            count++;
            positions.update(List.of(new Position(subtask, count)));
            return count + " of at least " + countOfAll;
        }
    }

    private static Operator keyed(KeyedProcessFunction<String, Visit, String> function) {
        return Operators.create(new OperatorSpec.KeyedProcessSpec(function), OperatorHarness.SPECIALISER);
    }

    /** Runs visits of ann and bob, one each in turn, with a recovery after the second of each. */
    private static List<Object> run(Supplier<KeyedProcessFunction<String, Visit, String>> function) throws Exception {
        OperatorHarness harness = OperatorHarness.keyed(keyed(function.get()));
        List<Object> emitted = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            if (i == 2) {
                OperatorSnapshotCopy snapshot = harness.snapshot(1);
                harness.process("ann", new Visit("ann", "lost", 1_000), 0);
                harness = OperatorHarness.keyed(keyed(function.get()), snapshot);
            }
            harness.process("ann", new Visit("ann", i == 1 ? "cart" : "home", 10 * i), i);
            harness.process("bob", new Visit("bob", "home", 100), i);
            if (i == 1) {
                emitted.addAll(harness.records());
            }
        }
        emitted.addAll(harness.records());
        return emitted;
    }

    @Test
    void keyedStateOfEveryKindGoesOnAfterARecovery() throws Exception {
        assertThat(run(CountVisits::new)).contains("ann came 2 times", "ann came 3 times", "bob came 3 times");
        assertThat(run(Triples::new)).containsExactly("home > cart > home", "home > home > home");
        assertThat(run(VisitsByPage::new))
                .containsExactly(
                        "home: 1 of 1", "home: 1 of 1", "cart: 1 of 2", "home: 2 of 2", "home: 2 of 3", "home: 3 of 3");
        assertThat(run(LongestVisit::new)).endsWith("longest: 20", "longest: 100");
        assertThat(run(MeanVisit::new)).endsWith("mean: 10.0", "mean: 100.0");
    }

    private static Operator pairs() {
        return Operators.create(new OperatorSpec.ProcessSpec(new Pairs()), OperatorHarness.SPECIALISER);
    }

    @Test
    void operatorListStateGoesOnAfterARecovery() throws Exception {
        OperatorHarness harness = OperatorHarness.unkeyed(pairs());
        harness.process(new Visit("ann", "a", 0), 0);
        OperatorSnapshotCopy snapshot = harness.snapshot(1);
        harness.process(new Visit("ann", "lost", 0), 1);
        OperatorHarness restored = OperatorHarness.unkeyed(pairs(), snapshot);
        restored.process(new Visit("ann", "b", 0), 1);
        assertThat(restored.records()).containsExactly("a + b");
    }

    private static Operator countAll() {
        return Operators.create(new OperatorSpec.MapSpec(new CountAll()), OperatorHarness.SPECIALISER);
    }

    @Test
    void unionListStateTellsEachSubtaskOfAll() throws Exception {
        List<OperatorSnapshotCopy> snapshots = new ArrayList<>();
        for (int subtask = 0; subtask < 2; subtask++) {
            // Fresh subtasks of a vertex of two.
            OperatorHarness harness = OperatorHarness.unkeyed(
                    countAll(), subtask, List.of(OperatorSnapshotCopy.EMPTY, OperatorSnapshotCopy.EMPTY));
            for (int i = 0; i < 3 + subtask; i++) {
                harness.process(new Visit("ann", "home", 0), 0);
            }
            snapshots.add(harness.snapshot(1));
        }
        for (int subtask = 0; subtask < 2; subtask++) {
            OperatorHarness restored = OperatorHarness.unkeyed(countAll(), subtask, snapshots);
            restored.process(new Visit("ann", "home", 0), 0);
            assertThat(restored.records()).containsExactly((4 + subtask) + " of at least 8");
        }
    }

    /** Operator state is for functions on keyed streams, too, beside the keys'. */
    static final class Both extends KeyedProcessFunction<String, Visit, String> {
        private ListState<String> ofKey;
        private ListState<String> ofSubtask;

        @Override
        public void open(RuntimeContext context) {
            ofKey = context.getListState(new ListStateDescriptor<>("pages", String.class));
            ofSubtask = context.getOperatorListState(new ListStateDescriptor<>("pages", String.class));
        }

        @Override
        public void processElement(Visit visit, Context<String> context, Collector<String> out) {
            ofKey.add(visit.page());
            ofSubtask.add(visit.page());
            out.collect(ofKey.get().size() + "/" + ofSubtask.get().size());
        }
    }

    @Test
    void bothKindsStandBesideEachOther() throws Exception {
        assertThat(run(Both::new)).containsExactly("1/1", "1/2", "2/3", "2/4", "3/5", "3/6");
    }

    private static void assertRefused(RichFunction function, String... words) {
        @SuppressWarnings("unchecked")
        MapFunction<Object, Object> map = (MapFunction<Object, Object>) function;
        assertThatThrownBy(() -> OperatorHarness.unkeyed(
                        Operators.create(new OperatorSpec.MapSpec(map), OperatorHarness.SPECIALISER)))
                .message()
                .contains(words);
    }

    private abstract static class Asking implements MapFunction<Object, Object> {
        @Override
        public Object map(Object record) {
            return record;
        }
    }

    @Test
    void keyedStateOfAStreamWithoutKeysIsRefused() {
        assertRefused(
                new Asking() {
                    @Override
                    public void open(RuntimeContext context) {
                        context.getMapState(new MapStateDescriptor<>("m", String.class, Long.class));
                    }
                },
                "'under test'",
                "the state 'm'",
                "Put keyBy(...) right before it",
                "getOperatorListState");
    }

    @Test
    void namesOfTheEngineAreRefused() {
        assertRefused(
                new Asking() {
                    @Override
                    public void open(RuntimeContext context) {
                        context.getUnionListState(new ListStateDescriptor<>("_mine", Long.class));
                    }
                },
                "'_mine'",
                "belong to the engine");
    }
}
