// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.function.Collector;
import io.millrace.api.function.ProcessWindowFunction;
import io.millrace.api.graph.OperatorSpec;
import io.millrace.api.graph.WindowBody;
import io.millrace.api.state.MapState;
import io.millrace.api.state.MapStateDescriptor;
import io.millrace.api.window.Lateness;
import io.millrace.api.window.TimeWindow;
import io.millrace.api.window.TumblingEventTimeWindows;
import io.millrace.operators.harness.OperatorHarness;
import io.millrace.serialization.Codecs;
import java.time.Duration;
import java.util.ArrayList;
import java.util.ConcurrentModificationException;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

/** Maps that windows keep for themselves. */
class WindowMapTest {
    private static final MapStateDescriptor<String, Long> SEEN =
            new MapStateDescriptor<>("seen", String.class, Long.class);

    /** Does something with the map of its window each time that fires, then tells what is in it. */
    private record Telling(BiConsumer<MapState<String, Long>, Iterable<String>> change)
            implements ProcessWindowFunction<String, Object, String, TimeWindow> {
        @Override
        public void process(String key, Context<TimeWindow> context, Iterable<String> contents, Collector<Object> out) {
            MapState<String, Long> map = context.windowState().getMapState(SEEN);
            change.accept(map, contents);
            Map<String, Long> sorted = new TreeMap<>();
            map.forEach(entry -> sorted.put(entry.getKey(), entry.getValue()));
            out.collect(context.window().start() + sorted.toString());
        }

        @Override
        public void clear(String key, Context<TimeWindow> context) {
            context.windowState().getMapState(SEEN).clear();
        }
    }

    private static OperatorHarness harness(
            BiConsumer<MapState<String, Long>, Iterable<String>> change, OperatorHarness.Pending restored)
            throws Exception {
        OperatorSpec.WindowSpec spec = new OperatorSpec.WindowSpec(
                TumblingEventTimeWindows.of(Duration.ofMillis(10)),
                new WindowBody.Buffering(null, new Telling(change)),
                Lateness.update(Duration.ofMillis(100)),
                null,
                null);
        return OperatorHarness.keyed(
                new WindowOperators(OperatorHarness.SPECIALISER, Codecs::forTypeOrSelfDescribing).create(spec),
                restored == null ? null : restored.copy());
    }

    private static void count(MapState<String, Long> map, Iterable<String> contents) {
        for (String record : contents) {
            Long before = map.get(record);
            map.put(record, before == null ? 1 : before + 1);
        }
    }

    @Test
    void eachWindowHasItsOwn() throws Exception {
        OperatorHarness harness = harness(WindowMapTest::count, null);
        harness.process("a", "x", 1);
        harness.process("a", "y", 11);
        harness.advance(19);
        harness.process("a", "z", 2);
        assertThat(harness.records()).containsExactly("0{x=1}", "10{y=1}", "0{x=2, z=1}");
        harness.advance(500);
        assertThat(harness.stateSize()).as("cleared with their windows").isZero();
    }

    @Test
    void isRestored() throws Exception {
        OperatorHarness before = harness(WindowMapTest::count, null);
        before.process("a", "x", 1);
        before.advance(9);
        OperatorHarness after = harness(WindowMapTest::count, before.barrier(1));
        after.process("a", "x", 2);
        assertThat(after.records()).containsExactly("0{x=3}");
    }

    @Test
    void entriesMayBeChangedAndRemovedWhileIterated() throws Exception {
        OperatorHarness harness = harness(
                (map, contents) -> {
                    count(map, contents);
                    for (Map.Entry<String, Long> entry : map.entries()) {
                        entry.setValue(entry.getValue() + 10);
                    }
                    Iterator<String> keys = map.keys().iterator();
                    while (keys.hasNext()) {
                        if (keys.next().equals("gone")) {
                            keys.remove();
                        }
                    }
                },
                null);
        harness.process("a", "x", 1);
        harness.process("a", "gone", 1);
        harness.advance(9);
        assertThat(harness.records()).containsExactly("0{x=11}");
    }

    @Test
    void otherChangesEndAnIteration() {
        assertThatThrownBy(() -> {
                    OperatorHarness harness = harness(
                            (map, contents) -> {
                                map.putAll(Map.of("x", 1L, "y", 2L));
                                map.values().forEach(value -> map.put("new " + value, value));
                            },
                            null);
                    harness.process("a", "x", 1);
                    harness.advance(9);
                })
                .isInstanceOf(ConcurrentModificationException.class);
    }

    /** It would remove entries of another window, or of another key. */
    @Test
    void anIterationEndsWithItsCall() throws Exception {
        List<Iterator<Map.Entry<String, Long>>> kept = new ArrayList<>();
        List<Map.Entry<String, Long>> entries = new ArrayList<>();
        OperatorHarness harness = harness(
                (map, contents) -> {
                    count(map, contents);
                    for (Iterator<Map.Entry<String, Long>> earlier : kept) {
                        assertThatThrownBy(earlier::remove).isInstanceOf(ConcurrentModificationException.class);
                        assertThatThrownBy(earlier::next).isInstanceOf(ConcurrentModificationException.class);
                        assertThatThrownBy(() -> entries.get(0).setValue(7L))
                                .isInstanceOf(ConcurrentModificationException.class);
                    }
                    Iterator<Map.Entry<String, Long>> iterator = map.iterator();
                    entries.add(iterator.next());
                    kept.add(iterator);
                },
                null);
        harness.process("a", "x", 1);
        harness.process("a", "y", 2);
        harness.process("b", "x", 1);
        harness.process("b", "y", 2);
        harness.process("a", "x", 11);
        harness.advance(19);
        assertThat(harness.records()).containsExactly("0{x=1, y=1}", "0{x=1, y=1}", "10{x=1}");
    }

    @Test
    void entriesAreEqualAsThoseOfMapsAre() throws Exception {
        OperatorHarness harness = harness(
                (map, contents) -> {
                    count(map, contents);
                    Map.Entry<String, Long> entry = map.iterator().next();
                    assertThat(entry)
                            .isEqualTo(Map.entry("x", 1L))
                            .hasSameHashCodeAs(Map.entry("x", 1L))
                            .hasToString("x=1");
                    assertThat(Map.entry("x", 1L)).isEqualTo(entry);
                },
                null);
        harness.process("a", "x", 1);
        harness.advance(9);
        assertThat(harness.records()).hasSize(1);
    }

    @Test
    void answersAsAMapDoes() throws Exception {
        OperatorHarness harness = harness(
                (map, contents) -> {
                    assertThat(map.isEmpty()).isTrue();
                    map.put("x", 1L);
                    assertThat(map.isEmpty()).isFalse();
                    assertThat(map.contains("x")).isTrue();
                    assertThat(map.contains("y")).isFalse();
                    map.remove("x");
                    map.remove("x");
                    assertThat(map.get("x")).isNull();
                    assertThatThrownBy(() -> map.put(null, 1L))
                            .hasMessageContaining("A key of the map state 'seen' of the windows");
                    assertThatThrownBy(() -> map.put("x", null))
                            .hasMessageContaining("A value of the key 'x' of the map state 'seen'");
                },
                null);
        harness.process("a", "x", 1);
        harness.advance(9);
        assertThat(harness.records()).containsExactly("0{}");
    }
}
