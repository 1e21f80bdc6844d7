// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.millrace.api.function.MapFunction;
import io.millrace.api.graph.OperatorSpec;
import io.millrace.api.state.BroadcastState;
import io.millrace.api.state.ListState;
import io.millrace.api.state.ListStateDescriptor;
import io.millrace.api.state.MapStateDescriptor;
import io.millrace.api.types.TypeHint;
import io.millrace.operators.Operator;
import io.millrace.operators.OperatorSnapshot;
import io.millrace.operators.assembly.Operators;
import io.millrace.operators.harness.OperatorHarness;
import io.millrace.operators.harness.OperatorSnapshotCopy;
import io.millrace.serialization.CodecException;
import io.millrace.state.StateMigrationException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.ConcurrentModificationException;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class OperatorStatesTest {
    private static final ListStateDescriptor<Long> OFFSETS = new ListStateDescriptor<>("offsets", Long.class);
    private static final ListStateDescriptor<Box> BOXES = new ListStateDescriptor<>("boxes", Box.class);
    private static final MapStateDescriptor<String, Long> RULES =
            new MapStateDescriptor<>("rules", String.class, Long.class);
    private static final MapStateDescriptor<String, Box> BOXED =
            new MapStateDescriptor<>("boxed", String.class, Box.class);

    private final OperatorHarness harness = OperatorHarness.created(operator(), false, null);
    private final List<OperatorHarness> harnesses = new ArrayList<>(List.of(harness));

    /** Mutable. */
    public static final class Box {
        public long content;

        public Box() {}

        Box(long content) {
            this.content = content;
        }

        @Override
        public String toString() {
            return "box of " + content;
        }
    }

    record Tags(HashSet<String> names) {}

    private static Operator operator() {
        MapFunction<Long, Long> same = number -> number;
        return Operators.create(new OperatorSpec.MapSpec(same), OperatorHarness.SPECIALISER);
    }

    private OperatorStates states() throws IOException {
        return OperatorStates.open(harness.context());
    }

    private OperatorSnapshotCopy copy(OperatorSnapshot snapshot) {
        harnesses.forEach(OperatorHarness::runIo);
        return new OperatorHarness.Pending(1, 0, snapshot).copy();
    }

    private OperatorSnapshotCopy copy(OperatorStates states) {
        return copy(states.addTo(OperatorSnapshot.EMPTY));
    }

    private OperatorStates restored(OperatorSnapshotCopy copy) throws IOException {
        OperatorHarness other = OperatorHarness.created(operator(), false, copy);
        harnesses.add(other);
        return OperatorStates.open(other.context());
    }

    @Test
    void anOperatorWithoutStateHasNoPart() throws IOException {
        OperatorSnapshot snapshot = states().addTo(OperatorSnapshot.EMPTY);
        assertThat(snapshot).isSameAs(OperatorSnapshot.EMPTY);
    }

    @Test
    void listsComeBackAsOfTheBarrier() throws IOException {
        OperatorStates states = states();
        ListState<Long> offsets = states.listState(OFFSETS);
        offsets.addAll(List.of(1L, 2L));
        OperatorSnapshot first = states.addTo(OperatorSnapshot.EMPTY);
        offsets.add(3L);
        OperatorSnapshot second = states.addTo(OperatorSnapshot.EMPTY);
        offsets.update(List.of(9L));
        OperatorSnapshot third = states.addTo(OperatorSnapshot.EMPTY);
        offsets.clear();
        assertThat(offsets.get()).isEmpty();
        assertThat(restored(copy(first)).listState(OFFSETS).get()).containsExactly(1L, 2L);
        assertThat(restored(copy(second)).listState(OFFSETS).get()).containsExactly(1L, 2L, 3L);
        assertThat(restored(copy(third)).listState(OFFSETS).get()).containsExactly(9L);
        assertThat(restored(copy(states)).listState(OFFSETS).get()).isEmpty();
    }

    @Test
    void elementsThatAreChangedInPlaceAfterTheBarrierDoNotLeak() throws IOException {
        OperatorStates states = states();
        Box box = new Box(1);
        states.listState(BOXES).add(box);
        states.broadcastState(BOXED).put("b", box);
        OperatorSnapshot snapshot = states.addTo(OperatorSnapshot.EMPTY);
        box.content = 2;
        states.listState(BOXES).get().get(0).content++;
        OperatorStates restored = restored(copy(snapshot));
        assertThat(restored.listState(BOXES).get()).hasToString("[box of 1]");
        assertThat(restored.broadcastState(BOXED).get("b")).hasToString("box of 1");
    }

    @Test
    void aListIsReadOnlyAndMayReplaceItself() throws IOException {
        ListState<Long> offsets = states().listState(OFFSETS);
        offsets.addAll(List.of(1L, 2L));
        assertThatThrownBy(() -> offsets.get().add(3L)).isInstanceOf(UnsupportedOperationException.class);
        offsets.addAll(offsets.get());
        offsets.update(offsets.get());
        assertThat(offsets.get()).containsExactly(1L, 2L, 1L, 2L);
        assertThatThrownBy(() -> offsets.add(null)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> offsets.update(Arrays.asList(1L, null))).isInstanceOf(NullPointerException.class);
        assertThat(offsets.get()).hasSize(4);
    }

    @Test
    void broadcastStateComesBackInItsOrder() throws IOException {
        OperatorStates states = states();
        BroadcastState<String, Long> rules = states.broadcastState(RULES);
        rules.put("z", 1L);
        rules.put("a", 2L);
        rules.putAll(new LinkedHashMap<>(Map.of("m", 3L)));
        rules.put("z", 4L);
        OperatorSnapshot snapshot = states.addTo(OperatorSnapshot.EMPTY);
        rules.remove("z");
        rules.remove("never there");
        rules.put("new", 5L);
        BroadcastState<String, Long> back = restored(copy(snapshot)).broadcastState(RULES);
        assertThat(back.immutableEntries()).containsExactly(entry("z", 4L), entry("a", 2L), entry("m", 3L));
        assertThat(back.entries()).hasSize(3);
        assertThat(back.contains("a")).isTrue();
        assertThat(back.get("b")).isNull();
        back.clear();
        assertThat(back.isEmpty()).isTrue();
        assertThat(rules.immutableEntries()).containsExactly(entry("a", 2L), entry("m", 3L), entry("new", 5L));
    }

    @Test
    void broadcastIteratorsChangeTheMapAndNoSnapshot() throws IOException {
        OperatorStates states = states();
        BroadcastState<String, Long> rules = states.broadcastState(RULES);
        rules.put("a", 1L);
        rules.put("b", 2L);
        OperatorSnapshot snapshot = states.addTo(OperatorSnapshot.EMPTY);
        Iterator<Map.Entry<String, Long>> iterator = rules.iterator();
        iterator.next().setValue(10L);
        Map.Entry<String, Long> second = iterator.next();
        iterator.remove();
        assertThat(rules.immutableEntries()).containsExactly(entry("a", 10L));
        assertThatThrownBy(() -> second.setValue(null)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> rules.immutableEntries().iterator().next().setValue(1L))
                .isInstanceOf(UnsupportedOperationException.class);

        Iterator<Map.Entry<String, Long>> kept = rules.iterator();
        kept.next();
        states.addTo(OperatorSnapshot.EMPTY);
        assertThatThrownBy(kept::remove)
                .isInstanceOf(ConcurrentModificationException.class)
                .hasMessageContaining("'rules'");
        assertThat(restored(copy(snapshot)).broadcastState(RULES).entries())
                .containsExactly(entry("a", 1L), entry("b", 2L));
    }

    @Test
    void nullsAreRefusedByName() throws IOException {
        BroadcastState<String, Long> rules = states().broadcastState(RULES);
        assertThatThrownBy(() -> rules.put(null, 1L))
                .hasMessageContaining("key of the broadcast state 'rules' is null");
        assertThatThrownBy(() -> rules.put("a", null)).hasMessageContaining("value of the key 'a'");
        assertThatThrownBy(() -> rules.get(null)).isInstanceOf(NullPointerException.class);
        Map<String, Long> withNull = new LinkedHashMap<>();
        withNull.put("fine", 1L);
        withNull.put("bad", null);
        assertThatThrownBy(() -> rules.putAll(withNull)).hasMessageContaining("'bad'");
        assertThat(rules.isEmpty()).isTrue();
    }

    @Test
    void everySubtaskFindsTheUnionOfAll() throws Exception {
        List<OperatorSnapshotCopy> subtasks = new ArrayList<>();
        for (long i = 0; i < 3; i++) {
            OperatorStates states = states();
            states.listState(OFFSETS).add(i);
            if (i != 1) {
                states.unionListState(new ListStateDescriptor<>("union", Long.class))
                        .addAll(List.of(10 * i, 10 * i + 1));
            }
            subtasks.add(copy(states));
        }
        for (int i = 0; i < 3; i++) {
            OperatorHarness subtask = OperatorHarness.unkeyed(operator(), i, subtasks);
            harnesses.add(subtask);
            OperatorStates states = OperatorStates.open(subtask.context());
            ListState<Long> union = states.unionListState(new ListStateDescriptor<>("union", Long.class));
            assertThat(union.get()).containsExactly(0L, 1L, 20L, 21L);
            assertThat(states.listState(OFFSETS).get()).containsExactly((long) i);
            // What it keeps is what it writes, not what it found.
            union.update(List.of((long) i));
            assertThat(restored(copy(states))
                            .unionListState(new ListStateDescriptor<>("union", Long.class))
                            .get())
                    .containsExactly((long) i);
        }
    }

    @Test
    void whatIsNotDeclaredIsKept() throws IOException {
        OperatorStates states = states();
        states.listState(OFFSETS).add(7L);
        states.broadcastState(RULES).put("a", 1L);
        states.unionListState(new ListStateDescriptor<>("union", Long.class)).add(8L);
        OperatorStates silent = restored(copy(states));
        silent.endOpening();
        OperatorStates again = restored(copy(silent));
        assertThat(again.listState(OFFSETS).get()).containsExactly(7L);
        OperatorStates oneDeclared = restored(copy(again));
        assertThat(oneDeclared.broadcastState(RULES).get("a")).isEqualTo(1L);
        assertThat(oneDeclared
                        .unionListState(new ListStateDescriptor<>("union", Long.class))
                        .get())
                .containsExactly(8L);
    }

    @Test
    void aNameIsOneState() throws IOException {
        OperatorStates states = states();
        ListState<Long> offsets = states.listState(OFFSETS);
        assertThat(states.listState(OFFSETS)).isSameAs(offsets);
        for (ThrowingRunnable other : List.<ThrowingRunnable>of(
                () -> states.listState(new ListStateDescriptor<>("offsets", String.class)),
                () -> states.unionListState(OFFSETS),
                () -> states.broadcastState(new MapStateDescriptor<>("offsets", Long.class, Long.class)))) {
            assertThatThrownBy(other::run)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("operator state 'offsets' is in use as LIST of")
                    .hasMessageContaining("another name");
        }
    }

    private interface ThrowingRunnable {
        void run() throws Exception;
    }

    @Test
    void whatWasWrittenAsSomethingElseIsRefused() throws IOException {
        OperatorStates states = states();
        states.listState(OFFSETS).add(1L);
        states.unionListState(new ListStateDescriptor<>("union", Long.class)).add(1L);
        OperatorStates restored = restored(copy(states));
        assertThatThrownBy(() -> restored.listState(new ListStateDescriptor<>("offsets", String.class)))
                .isInstanceOf(StateMigrationException.class)
                .hasMessageContaining("'under test' (operator-id): operator state 'offsets' was written as LIST of")
                .hasMessageContaining("Declare it as it was written");
        assertThatThrownBy(() -> restored.unionListState(OFFSETS)).isInstanceOf(StateMigrationException.class);
        assertThatThrownBy(() -> restored.unionListState(new ListStateDescriptor<>("union", String.class)))
                .isInstanceOf(StateMigrationException.class);
        assertThat(restored.listState(OFFSETS).get()).containsExactly(1L);
    }

    @Test
    void stateIsAskedForInOpenAndOfAnOperatorWithAUid() throws IOException {
        OperatorStates states = states();
        ListState<Long> offsets = states.listState(OFFSETS);
        states.endOpening();
        assertThat(states.listState(OFFSETS)).isSameAs(offsets);
        assertThatThrownBy(() -> states.listState(BOXES))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("'boxes' is asked for the first time after the function was opened");
        harness.withoutStableId();
        OperatorStates unnamed = states();
        assertThatThrownBy(() -> unnamed.listState(OFFSETS))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Add .uid(");
    }

    @Test
    void typesWithoutCodecsAreNamed() throws IOException {
        OperatorStates states = states();
        assertThatThrownBy(() -> states.listState(new ListStateDescriptor<>("threads", Thread.class)))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining("operator state 'threads' cannot be kept")
                .hasMessageContaining("Thread");
        assertThatThrownBy(() -> states.broadcastState(
                        new MapStateDescriptor<>("tags", TypeHint.of(Tags.class), TypeHint.of(Long.class))))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining("Tags.names: HashSet<String> cannot be a key");
    }

    @Test
    void thePartsLayoutIsPinned() throws Exception {
        OperatorStates states = states();
        states.listState(OFFSETS).addAll(List.of(1L, 2L));
        states.broadcastState(RULES).put("a", 3L);
        states.unionListState(new ListStateDescriptor<>("u", Long.class));
        OperatorSnapshot snapshot = states.addTo(OperatorSnapshot.EMPTY);
        harness.runIo();
        assertThat(hex(snapshot.parts().get("operator-state")))
                .isEqualTo(
                        "0102076f6666736574730100066c6f6e672f311102000000000000000100000000000000020572756c6573030c6b65792d737472696e672f31066c6f6e672f310b0161000000000000000003");
        assertThat(hex(snapshot.parts().get("union-state"))).isEqualTo("010101750200066c6f6e672f310100");
    }

    private static String hex(CompletionStage<byte[]> part) {
        return HexFormat.of().formatHex(part.toCompletableFuture().join());
    }

    @Test
    void damagedPartsAreErrorsThatNameTheOperator() throws Exception {
        OperatorStates states = states();
        states.listState(OFFSETS).addAll(List.of(1L, 2L));
        byte[] whole = copy(states).parts().get("operator-state");
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            OperatorSnapshotCopy damaged = new OperatorSnapshotCopy(5, 0, null, Map.of("operator-state", cut));
            assertThatThrownBy(() -> restored(damaged))
                    .as("length " + length)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("'operator-state' of operator 'under test'")
                    .hasMessageContaining("checkpoint 5");
        }
    }
}
