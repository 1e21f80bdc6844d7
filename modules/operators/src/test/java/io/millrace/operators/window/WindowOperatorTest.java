// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.function.AggregateFunction;
import io.millrace.api.function.ProcessWindowFunction;
import io.millrace.api.function.ReduceFunction;
import io.millrace.api.function.RuntimeContext;
import io.millrace.api.graph.OperatorSpec;
import io.millrace.api.graph.WindowBody;
import io.millrace.api.stream.OutputTag;
import io.millrace.api.time.Timestamps;
import io.millrace.api.types.TypeHint;
import io.millrace.api.window.Lateness;
import io.millrace.api.window.SlidingEventTimeWindows;
import io.millrace.api.window.TimeWindow;
import io.millrace.api.window.TumblingEventTimeWindows;
import io.millrace.api.window.WindowAssigner;
import io.millrace.operators.builtin.FakeCodecs;
import io.millrace.operators.harness.Emitted;
import io.millrace.operators.harness.OperatorHarness;
import io.millrace.serialization.ByteReader;
import io.millrace.serialization.ByteWriter;
import io.millrace.serialization.CodecException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WindowOperatorTest {
    private static final WindowAssigner<Long, TimeWindow> TEN = TumblingEventTimeWindows.of(Duration.ofMillis(10));
    private static final ReduceFunction<Long> SUM = Long::sum;
    private static final ProcessWindowFunction<Object, Object, String, TimeWindow> DESCRIBE =
            (key, context, all, out) -> {
                List<Object> held = new ArrayList<>();
                all.forEach(held::add);
                out.collect(key + context.window().start() + held);
            };
    private static final OutputTag<Long> LATE = new OutputTag<>("late", Long.class);

    private final FakeCodecs codecs = new FakeCodecs();

    private OperatorHarness harness(WindowAssigner<Long, TimeWindow> assigner, WindowBody body, OutputTag<?> late)
            throws Exception {
        return OperatorHarness.keyed(new WindowOperators(OperatorHarness.SPECIALISER, codecs)
                .create(new OperatorSpec.WindowSpec(
                        assigner, body, late == null ? Lateness.drop() : Lateness.toSideOutput(late), null, null)));
    }

    private OperatorHarness harness(WindowBody body) throws Exception {
        return harness(TEN, body, null);
    }

    @Test
    void reducesAndEmitsAtTheEndOfTheWindow() throws Exception {
        OperatorHarness harness = harness(new WindowBody.Reducing(SUM, TypeHint.of(Long.class), null));
        harness.process("a", 1L, 3);
        harness.process("a", 2L, 9);
        harness.process("b", 5L, 0);
        harness.process("a", 7L, 10);
        harness.advance(8);
        assertThat(harness.emitted()).isEmpty();
        harness.advance(9);
        assertThat(harness.emitted()).containsExactly(new Emitted(3L, 9), new Emitted(5L, 9));
        harness.advance(Timestamps.END);
        assertThat(harness.emitted()).endsWith(new Emitted(7L, 19)).hasSize(3);
        assertThat(harness.stateSize()).isZero();
        assertThat(codecs.asked).containsExactly(TypeHint.of(Long.class));
    }

    @Test
    void reducedValueGoesThroughTheWindowFunction() throws Exception {
        OperatorHarness harness = harness(new WindowBody.Reducing(SUM, null, DESCRIBE));
        harness.process("a", 1L, 13);
        harness.process("a", 2L, 14);
        harness.advance(19);
        assertThat(harness.emitted()).containsExactly(new Emitted("a10[3]", 19));
    }

    @Test
    void aggregatesIntoAnAccumulatorThatChangesInPlace() throws Exception {
        OperatorHarness plain = harness(new WindowBody.Aggregating(new Average(), null, null));
        OperatorHarness described = harness(new WindowBody.Aggregating(new Average(), null, DESCRIBE));
        for (OperatorHarness harness : List.of(plain, described)) {
            harness.process("a", 4L, 1);
            harness.process("a", 8L, 2);
            harness.advance(9);
        }
        assertThat(plain.records()).containsExactly(6L);
        assertThat(described.records()).containsExactly("a0[6]");
    }

    @Test
    void buffersRecordsInOrderOfArrival() throws Exception {
        OperatorHarness harness = harness(new WindowBody.Buffering(null, DESCRIBE));
        harness.process("a", 9L, 9);
        harness.process("a", 1L, 1);
        harness.process("a", 5L, 5);
        harness.advance(9);
        assertThat(harness.records()).containsExactly("a0[9, 1, 5]");
        assertThat(harness.stateSize()).isZero();
    }

    @Test
    void lateRecordsAreCountedOrGoToTheSideOutput() throws Exception {
        WindowBody body = new WindowBody.Reducing(SUM, null, null);
        OperatorHarness counting = harness(TEN, body, null);
        OperatorHarness siding = harness(TEN, body, LATE);
        for (OperatorHarness harness : List.of(counting, siding)) {
            harness.advance(9);
            harness.process("a", 1L, 9);
            harness.process("a", 2L, 10);
            harness.advance(19);
            assertThat(harness.records()).containsExactly(2L);
        }
        assertThat(counting.lateRecords()).isEqualTo(1);
        assertThat(siding.lateRecords()).isZero();
        assertThat(siding.side("late")).containsExactly(new Emitted(1L, 9));
    }

    @Test
    void aRecordIsLateOnlyWhenAllItsWindowsAreGone() throws Exception {
        OperatorHarness harness = harness(
                SlidingEventTimeWindows.of(Duration.ofMillis(10), Duration.ofMillis(5)),
                new WindowBody.Reducing(SUM, null, DESCRIBE),
                null);
        harness.advance(9);
        harness.process("a", 1L, 8);
        harness.advance(30);
        assertThat(harness.records()).containsExactly("a5[1]");
        assertThat(harness.lateRecords()).isZero();
    }

    @Test
    void aRecordBetweenWindowsIsNotLate() throws Exception {
        OperatorHarness harness = harness(
                SlidingEventTimeWindows.of(Duration.ofMillis(5), Duration.ofMillis(10)),
                new WindowBody.Reducing(SUM, null, null),
                null);
        harness.advance(50);
        harness.process("a", 1L, 7);
        assertThat(harness.lateRecords()).isZero();
        assertThat(harness.stateSize()).isZero();
    }

    @Test
    void whileFiringIsStoppedDueWindowsTakeNoRecords() throws Exception {
        OperatorHarness harness = harness(new WindowBody.Reducing(SUM, null, null));
        harness.process("a", 1L, 1);
        harness.process("b", 2L, 2);
        harness.setRoom(1);
        assertThat(harness.advance(9)).isFalse();
        harness.process("b", 100L, 3);
        harness.goOn();
        assertThat(harness.records()).containsExactly(1L, 2L);
        assertThat(harness.lateRecords()).isEqualTo(1);
    }

    @Test
    void allFunctionsAreOpenedAndClosed() throws Exception {
        List<String> calls = new ArrayList<>();
        ReduceFunction<Long> reduce = new ReduceFunction<>() {
            @Override
            public Long reduce(Long left, Long right) {
                return left + right;
            }

            @Override
            public void open(RuntimeContext context) {
                calls.add("open reduce");
            }

            @Override
            public void close() {
                calls.add("close reduce");
            }
        };
        ProcessWindowFunction<Object, Object, String, TimeWindow> window = new ProcessWindowFunction<>() {
            @Override
            public void process(
                    String key,
                    Context<TimeWindow> of,
                    Iterable<Object> contents,
                    io.millrace.api.function.Collector<Object> out) {}

            @Override
            public void open(RuntimeContext context) {
                calls.add("open window");
            }

            @Override
            public void close() {
                calls.add("close window");
            }
        };
        harness(new WindowBody.Reducing(reduce, null, window)).operator().close();
        assertThat(calls).containsExactly("open reduce", "open window", "close window", "close reduce");
    }

    @Test
    void aReduceFunctionThatAnswersNullIsNamed() throws Exception {
        ReduceFunction<Long> forgetful = (left, right) -> null;
        OperatorHarness harness = harness(new WindowBody.Reducing(forgetful, null, null));
        harness.process("a", 1L, 1);
        assertThatThrownBy(() -> harness.process("a", 1L, 1)).hasMessageContaining("returned null");
    }

    @Test
    void windowsAreWrittenSelfDelimitingAndDamageIsACodecException() {
        WindowCodec<TimeWindow> codec = new WindowCodec<>(TEN.windowSerializer());
        ByteWriter out = new ByteWriter();
        codec.write(new TimeWindow(-10, 0), out);
        codec.write(new TimeWindow(0, 10), out);
        ByteReader in = new ByteReader(out.toByteArray());
        assertThat(codec.read(in)).isEqualTo(new TimeWindow(-10, 0));
        assertThat(codec.read(in)).isEqualTo(new TimeWindow(0, 10));
        assertThat(codec.describe()).isEqualTo("io.millrace.api.window.TimeWindowSerializer/1");
        assertThatThrownBy(() -> codec.read(new ByteReader(new byte[] {2, 0, 0})))
                .isInstanceOf(CodecException.class);
        assertThatThrownBy(() -> codec.read(new ByteReader(new byte[] {16, 0}))).isInstanceOf(CodecException.class);
    }

    private static final class Average implements AggregateFunction<Long, long[], Long> {
        @Override
        public long[] createAccumulator() {
            return new long[2];
        }

        @Override
        public long[] add(Long record, long[] accumulator) {
            accumulator[0] += record;
            accumulator[1]++;
            return accumulator;
        }

        @Override
        public Long getResult(long[] accumulator) {
            return accumulator[0] / accumulator[1];
        }

        @Override
        public long[] merge(long[] left, long[] right) {
            return new long[] {left[0] + right[0], left[1] + right[1]};
        }
    }
}
