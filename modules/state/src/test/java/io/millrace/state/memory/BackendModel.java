// SPDX-License-Identifier: Apache-2.0
package io.millrace.state.memory;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** What the states must say, kept in the JDK's maps. Counters are their counts. */
final class BackendModel {
    final Map<Long, Long> longs = new TreeMap<>();
    final Map<Long, Long> counters = new TreeMap<>();
    final Map<Long, List<Long>> longLists = new TreeMap<>();
    final Map<Long, List<Long>> counterLists = new TreeMap<>();
    final Map<String, Long> windows = new TreeMap<>();
    final Map<String, List<Long>> panes = new TreeMap<>();
    final TreeSet<Timer> timers;

    record Timer(long timestamp, long key, String namespace) {}

    /** Timers in the order that the queue documents, for keys whose bytes order as numbers. */
    BackendModel(BackendFixture fixture) {
        this.timers = new TreeSet<>(Comparator.comparingLong(Timer::timestamp)
                .thenComparingInt(timer -> fixture.keyGroup(timer.key))
                .thenComparingLong(timer -> Integer.toUnsignedLong(fixture.keyCodec.hash(timer.key)))
                .thenComparingLong(Timer::key)
                // A string's bytes begin with its length.
                .thenComparingInt(timer -> timer.namespace.length())
                .thenComparing(Timer::namespace));
    }

    long size() {
        return longs.size()
                + counters.size()
                + longLists.size()
                + counterLists.size()
                + windows.size()
                + panes.size()
                + timers.size();
    }

    /** In the form of {@link States#dump}. */
    Map<String, String> dump() {
        Map<String, String> dump = new TreeMap<>();
        longs.forEach((key, value) -> States.put(dump, "longs " + key, value));
        counters.forEach((key, value) -> States.put(dump, "counters " + key, "counter " + value));
        longLists.forEach((key, values) -> States.putList(dump, "longLists " + key, values));
        counterLists.forEach((key, values) -> States.putList(
                dump,
                "counterLists " + key,
                values.stream().map(value -> "counter " + value).toList()));
        windows.forEach((name, value) -> States.put(dump, "windows " + name, "counter " + value));
        panes.forEach((name, values) -> States.putList(dump, "panes " + name, values));
        return dump;
    }

    List<Timer> timersInOrder() {
        return new ArrayList<>(timers);
    }
}
