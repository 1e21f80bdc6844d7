// SPDX-License-Identifier: Apache-2.0
package io.millrace.state.memory;

import io.millrace.api.state.ListState;
import io.millrace.api.state.ListStateDescriptor;
import io.millrace.api.state.ValueState;
import io.millrace.api.state.ValueStateDescriptor;
import io.millrace.state.Counter;
import io.millrace.state.KeyedStateBackend;
import io.millrace.state.NamespacedListState;
import io.millrace.state.NamespacedValueState;
import io.millrace.state.TestCodecs;
import io.millrace.state.TimerQueue;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** States of every kind, of immutable and of mutable types, declared on one backend. */
final class States {
    static final int KEYS = 12;
    static final List<String> NAMESPACES = List.of("", "a", "window");

    final KeyedStateBackend backend;
    final ValueState<Long> longs;
    final ValueState<Counter> counters;
    final ListState<Long> longLists;
    final ListState<Counter> counterLists;
    final NamespacedValueState<String, Counter> windows;
    final NamespacedListState<String, Long> panes;
    final TimerQueue<String> timers;
    private final BackendFixture fixture;

    States(BackendFixture fixture, KeyedStateBackend backend) {
        TestCodecs.StringCodec strings = new TestCodecs.StringCodec();
        this.fixture = fixture;
        this.backend = backend;
        this.longs = backend.valueState(new ValueStateDescriptor<>("longs", Long.class));
        this.counters = backend.valueState(new ValueStateDescriptor<>("counters", Counter.class));
        this.longLists = backend.listState(new ListStateDescriptor<>("longLists", Long.class));
        this.counterLists = backend.listState(new ListStateDescriptor<>("counterLists", Counter.class));
        this.windows = backend.namespacedValue("_windows", strings, new TestCodecs.CounterCodec());
        this.panes = backend.namespacedList("_panes", strings, new TestCodecs.LongCodec());
        this.timers = backend.timers("_timers", strings);
    }

    void select(long key) {
        fixture.select(backend, key);
    }

    /** All that the states say, as text by state, key and namespace; without timers. */
    Map<String, String> dump() {
        return dump(0, BackendFixture.MAX_PARALLELISM);
    }

    /** The same for keys of a range of key groups. */
    Map<String, String> dump(int firstKeyGroup, int endKeyGroup) {
        Map<String, String> dump = new TreeMap<>();
        for (long key = 0; key < KEYS; key++) {
            int keyGroup = fixture.keyGroup(key);
            if (keyGroup < firstKeyGroup || keyGroup >= endKeyGroup) {
                continue;
            }
            select(key);
            put(dump, "longs " + key, longs.value());
            put(dump, "counters " + key, counters.value());
            putList(dump, "longLists " + key, longLists.get());
            putList(dump, "counterLists " + key, counterLists.get());
            for (String namespace : NAMESPACES) {
                put(dump, "windows " + key + namespace, windows.get(namespace));
                putList(dump, "panes " + key + namespace, panes.get(namespace));
            }
        }
        return dump;
    }

    static void put(Map<String, String> dump, String name, Object value) {
        if (value != null) {
            dump.put(name, value.toString());
        }
    }

    static void putList(Map<String, String> dump, String name, List<?> values) {
        if (!values.isEmpty()) {
            dump.put(name, values.toString());
        }
    }
}
