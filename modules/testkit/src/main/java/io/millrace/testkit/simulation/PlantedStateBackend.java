// SPDX-License-Identifier: Apache-2.0
package io.millrace.testkit.simulation;

import io.millrace.api.state.ListState;
import io.millrace.api.state.ListStateDescriptor;
import io.millrace.api.state.ValueState;
import io.millrace.api.state.ValueStateDescriptor;
import io.millrace.serialization.Codec;
import io.millrace.state.KeyedStateBackend;
import io.millrace.state.KeyedStateSettings;
import io.millrace.state.NamespacedListState;
import io.millrace.state.NamespacedValueState;
import io.millrace.state.RecordKeys;
import io.millrace.state.RunKeys;
import io.millrace.state.RunReader;
import io.millrace.state.StateBackend;
import io.millrace.state.StateMeta;
import io.millrace.state.StateSnapshot;
import io.millrace.state.TimerQueue;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** State that forgets some of what it is given, for the bug that is planted. Thread-safe as the one behind it. */
final class PlantedStateBackend implements StateBackend {
    private final StateBackend behind;
    private final PlantedBug bug;

    PlantedStateBackend(StateBackend behind, PlantedBug bug) {
        this.behind = behind;
        this.bug = bug;
    }

    @Override
    public String name() {
        return behind.name();
    }

    @Override
    public KeyedStateBackend create(KeyedStateSettings settings) {
        return new Forgetting(behind.create(settings), bug);
    }

    private record Forgetting(KeyedStateBackend behind, PlantedBug bug) implements KeyedStateBackend {
        @Override
        public void restore(RunReader run) {
            behind.restore(bug == PlantedBug.TIMERS_NOT_RESTORED ? new WithoutTimers(run) : run);
        }

        @Override
        public <N, T> NamespacedValueState<N, T> namespacedValue(
                String name, Codec<N> namespaceCodec, Codec<T> valueCodec) {
            NamespacedValueState<N, T> state = behind.namespacedValue(name, namespaceCodec, valueCodec);
            return bug == PlantedBug.SLICES_FORGOTTEN ? new ForgettingSlices<>(state) : state;
        }

        @Override
        public <N, T> NamespacedListState<N, T> namespacedList(
                String name, Codec<N> namespaceCodec, Codec<T> elementCodec) {
            return behind.namespacedList(name, namespaceCodec, elementCodec);
        }

        @Override
        public RecordKeys recordKeys() {
            return behind.recordKeys();
        }

        @Override
        public void setCurrentKey(Object key, int keyHash) {
            behind.setCurrentKey(key, keyHash);
        }

        @Override
        public Object currentKey() {
            return behind.currentKey();
        }

        @Override
        public int currentKeyHash() {
            return behind.currentKeyHash();
        }

        @Override
        public <T> ValueState<T> valueState(ValueStateDescriptor<T> descriptor) {
            return behind.valueState(descriptor);
        }

        @Override
        public <T> ListState<T> listState(ListStateDescriptor<T> descriptor) {
            return behind.listState(descriptor);
        }

        @Override
        public <N> TimerQueue<N> timers(String name, Codec<N> namespaceCodec) {
            return behind.timers(name, namespaceCodec);
        }

        @Override
        public StateSnapshot snapshot() {
            return behind.snapshot();
        }

        @Override
        public List<StateMeta> undeclaredStates() {
            return behind.undeclaredStates();
        }

        @Override
        public long size() {
            return behind.size();
        }

        @Override
        public void close() {
            behind.close();
        }
    }

    /** Leaves out every other timer. */
    private static final class WithoutTimers implements RunReader {
        private final RunReader run;
        private int timers;

        private WithoutTimers(RunReader run) {
            this.run = run;
        }

        @Override
        public List<StateMeta> states() {
            return run.states();
        }

        @Override
        public boolean next() throws IOException {
            while (run.next()) {
                StateMeta state = run.states().get(RunKeys.stateNumber(run.key()));
                if (state.kind() != StateMeta.Kind.TIMERS || timers++ % 2 == 0) {
                    return true;
                }
            }
            return false;
        }

        @Override
        public byte[] key() {
            return run.key();
        }

        @Override
        public byte[] value() {
            return run.value();
        }

        @Override
        public void close() throws IOException {
            run.close();
        }
    }

    /** Does not find one of two slices when a window asks for it that is not the last to do so. */
    private record ForgettingSlices<N, T>(NamespacedValueState<N, T> behind) implements NamespacedValueState<N, T> {
        @Override
        public @Nullable T peek(N namespace) {
            return (namespace.hashCode() & 1) == 0 ? null : behind.peek(namespace);
        }

        @Override
        public @Nullable T get(N namespace) {
            return behind.get(namespace);
        }

        @Override
        public void put(N namespace, T value) {
            behind.put(namespace, value);
        }

        @Override
        public void remove(N namespace) {
            behind.remove(namespace);
        }

        @Override
        public void addNamespacesTo(List<N> namespaces) {
            behind.addNamespacesTo(namespaces);
        }
    }
}
