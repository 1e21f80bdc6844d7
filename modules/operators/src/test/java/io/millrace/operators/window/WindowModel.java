// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.window;

import io.millrace.api.time.Timestamps;
import io.millrace.operators.harness.Emitted;
import io.millrace.operators.window.WindowScenario.Assigner;
import io.millrace.operators.window.WindowScenario.EvictorKind;
import io.millrace.operators.window.WindowScenario.Step;
import io.millrace.operators.window.WindowScenario.TriggerKind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** What a job of windows emits, computed from the definitions: each window is a list of records and a set of times. */
final class WindowModel {
    private static final class Held {
        private final long start;
        private final long end;
        private final List<Step> records = new ArrayList<>();
        private final TreeSet<Long> timers = new TreeSet<>();
        private long count;
        private Long next;
        private Step last;

        private Held(long start, long end) {
            this.start = start;
            this.end = end;
        }

        private long max() {
            return end == Timestamps.END ? end : end - 1;
        }

        private boolean touches(Held other) {
            return start <= other.end && other.start <= end;
        }
    }

    private static final Comparator<Held> BY_TIME =
            Comparator.<Held>comparingLong(window -> window.start).thenComparingLong(window -> window.end);

    final Map<String, List<Emitted>> results = new TreeMap<>();
    final List<Emitted> late = new ArrayList<>();
    private final WindowScenario scenario;
    private final Map<String, List<Held>> windows = new TreeMap<>();
    private long now;
    private boolean ended;

    WindowModel(WindowScenario scenario) {
        this.scenario = scenario;
        this.now = scenario.eventTime() ? Timestamps.NONE : 1_000;
        for (Step step : scenario.steps()) {
            if (!step.isTime()) {
                if (!scenario.eventTime()) {
                    clock(now);
                }
                record(step);
            } else if (scenario.eventTime()) {
                now = step.time();
                windows.keySet().forEach(key -> timersUntil(key, now));
            } else {
                clock(step.time());
            }
        }
        ended = !scenario.eventTime();
        now = scenario.eventTime() ? Timestamps.END : now;
        windows.keySet().forEach(key -> timersUntil(key, Timestamps.END));
    }

    private boolean fires(TriggerKind... kinds) {
        return List.of(kinds).contains(scenario.trigger());
    }

    /** The clock stops at each time that somebody waits for. */
    private void clock(long time) {
        while (true) {
            long next = Math.max(now, firstTimer());
            now = Math.min(next, time);
            windows.keySet().forEach(key -> timersUntil(key, now));
            if (next > time) {
                return;
            }
        }
    }

    private long firstTimer() {
        long first = Timestamps.END;
        for (List<Held> ofKey : windows.values()) {
            for (Held window : ofKey) {
                first = window.timers.isEmpty() ? first : Math.min(first, window.timers.first());
            }
        }
        return first;
    }

    private boolean byTime() {
        return scenario.assigner() != Assigner.GLOBAL;
    }

    private long cleanup(Held window) {
        return byTime() ? window.max() + scenario.allowed() : Timestamps.END;
    }

    private void record(Step step) {
        boolean taken = false;
        boolean refused = false;
        List<Held> ofKey = windows.computeIfAbsent(step.key(), ignored -> new ArrayList<>());
        for (Held assigned : assign(step)) {
            Held window = merges() ? merged(ofKey, assigned) : known(ofKey, assigned);
            if (scenario.eventTime() && byTime() && cleanup(window) <= now) {
                refused = true;
                continue;
            }
            taken = true;
            if (merges()) {
                adopt(ofKey, window);
            }
            if (!ofKey.contains(window)) {
                ofKey.add(window);
            }
            window.records.add(step);
            if (byTime()) {
                window.timers.add(cleanup(window));
            }
            act(onElement(step, window), step.key(), window);
        }
        if (refused && !taken) {
            late.add(new Emitted(step, step.time()));
        }
    }

    private boolean merges() {
        return scenario.assigner() == Assigner.SESSION || scenario.assigner() == Assigner.DYNAMIC_SESSION;
    }

    private List<Held> assign(Step step) {
        long time = scenario.eventTime() ? step.time() : now;
        List<Held> assigned = new ArrayList<>();
        switch (scenario.assigner()) {
            case SLIDING -> {
                for (long start = time; start > time - scenario.size(); start--) {
                    if (Math.floorMod(start, scenario.slide()) == 0) {
                        assigned.add(new Held(start, start + scenario.size()));
                    }
                }
            }
            case CUMULATIVE -> {
                long start = Math.floorDiv(time, scenario.size()) * scenario.size();
                for (long end = start + scenario.slide(); end <= start + scenario.size(); end += scenario.slide()) {
                    if (time < end) {
                        assigned.add(new Held(start, end));
                    }
                }
            }
            case SESSION -> assigned.add(new Held(time, time + scenario.size()));
            case DYNAMIC_SESSION -> assigned.add(new Held(time, time + WindowScenario.gapOf(step)));
            default -> assigned.add(new Held(Timestamps.NONE, Timestamps.END));
        }
        return assigned;
    }

    private static Held known(List<Held> ofKey, Held assigned) {
        for (Held window : ofKey) {
            if (window.start == assigned.start && window.end == assigned.end) {
                return window;
            }
        }
        return assigned;
    }

    /** The session that holds the assigned one and all that it touches; the key's own where that does not change. */
    private Held merged(List<Held> ofKey, Held assigned) {
        List<Held> touched =
                new ArrayList<>(ofKey.stream().filter(assigned::touches).toList());
        touched.sort(BY_TIME);
        long start = assigned.start;
        long end = assigned.end;
        for (Held one : touched) {
            start = Math.min(start, one.start);
            end = Math.max(end, one.end);
        }
        if (touched.size() == 1 && touched.get(0).start == start && touched.get(0).end == end) {
            return touched.get(0);
        }
        Held whole = new Held(start, end);
        for (Held one : touched) {
            whole.records.addAll(one.records);
            whole.count += one.count;
            whole.next = whole.next == null || one.next != null && one.next < whole.next ? one.next : whole.next;
        }
        if (!touched.isEmpty()) {
            setMergedTimers(whole);
        }
        return whole;
    }

    private void setMergedTimers(Held whole) {
        boolean ahead = whole.max() > now;
        if (fires(TriggerKind.DEFAULT, TriggerKind.PURGING_DEFAULT) && ahead) {
            whole.timers.add(whole.max());
        } else if (fires(TriggerKind.CONTINUOUS)) {
            if (whole.next != null && Math.floorMod(whole.next, WindowScenario.INTERVAL) != 0) {
                setNext(whole.next, whole);
            } else if (whole.next != null) {
                whole.timers.add(whole.next);
            }
            if (scenario.eventTime() && ahead) {
                whole.timers.add(whole.max());
            }
        }
    }

    private static void adopt(List<Held> ofKey, Held whole) {
        ofKey.removeIf(one -> one != whole && one.touches(whole));
    }

    /** Two letters: F to fire, P to purge. */
    private String onElement(Step step, Held window) {
        switch (scenario.trigger()) {
            case DEFAULT, PURGING_DEFAULT -> {
                if (scenario.eventTime() && window.max() <= now) {
                    return purging("F");
                }
                window.timers.add(window.max());
            }
            case COUNT, PURGING_COUNT -> {
                if (++window.count >= WindowScenario.COUNT) {
                    window.count = 0;
                    return purging("F");
                }
            }
            case CONTINUOUS -> {
                if (scenario.eventTime() && window.max() <= now) {
                    return "F";
                }
                if (scenario.eventTime()) {
                    window.timers.add(window.max());
                }
                if (window.next == null) {
                    setNext(scenario.eventTime() ? Math.max(step.time(), now) : now, window);
                }
            }
            default -> {
                if (window.last == null) {
                    window.last = step;
                } else if (WindowScenario.delta(window.last, step) > WindowScenario.FAR) {
                    window.last = step;
                    return "F";
                }
            }
        }
        return "";
    }

    private void setNext(long time, Held window) {
        long next = window.max();
        for (long at = time + 1; at <= time + WindowScenario.INTERVAL && at <= window.max() && at > time; at++) {
            if (Math.floorMod(at, WindowScenario.INTERVAL) == 0) {
                next = at;
            }
        }
        window.next = next;
        if (!ended) {
            window.timers.add(next);
        }
    }

    private String onTime(long time, Held window) {
        switch (scenario.trigger()) {
            case DEFAULT, PURGING_DEFAULT -> {
                return time == window.max() ? purging("F") : "";
            }
            case CONTINUOUS -> {
                if (time == window.max()) {
                    window.next = null;
                    return "F";
                }
                if (window.next == null || window.next != time) {
                    return "";
                }
                setNext(Math.max(time, now), window);
                return "F";
            }
            default -> {
                return "";
            }
        }
    }

    private String purging(String result) {
        return fires(TriggerKind.PURGING_DEFAULT, TriggerKind.PURGING_COUNT) ? result + "P" : result;
    }

    private void timersUntil(String key, long time) {
        List<Held> ofKey = windows.get(key);
        while (true) {
            Held due = null;
            ofKey.sort(BY_TIME);
            for (Held window : ofKey) {
                boolean earlier =
                        !window.timers.isEmpty() && (due == null || window.timers.first() < due.timers.first());
                due = earlier && window.timers.first() <= time ? window : due;
            }
            if (due == null) {
                return;
            }
            long at = due.timers.pollFirst();
            act(onTime(at, due), key, due);
            if (byTime() && at == cleanup(due)) {
                ofKey.remove(due);
            }
        }
    }

    private void act(String result, String key, Held window) {
        if (result.contains("F") && !window.records.isEmpty()) {
            fire(key, window);
        }
        if (result.contains("P")) {
            window.records.clear();
        }
    }

    private void fire(String key, Held window) {
        evict(window, EvictorKind.COUNT_BEFORE, EvictorKind.TIME, EvictorKind.DELTA);
        if (!window.records.isEmpty()) {
            StringBuilder text =
                    new StringBuilder(key + " " + (byTime() ? window.start + ".." + window.end : "all") + " ");
            window.records.forEach(record -> text.append(record.text()));
            results.computeIfAbsent(key, ignored -> new ArrayList<>()).add(new Emitted(text.toString(), window.max()));
        }
        evict(window, EvictorKind.COUNT_AFTER);
    }

    private void evict(Held window, EvictorKind... kinds) {
        if (!List.of(kinds).contains(scenario.evictor())) {
            return;
        }
        List<Step> records = window.records;
        Step last = records.get(records.size() - 1);
        long youngest = records.stream().mapToLong(Step::time).max().orElseThrow();
        switch (scenario.evictor()) {
            case TIME -> records.removeIf(record -> record.time() <= youngest - WindowScenario.YOUNG);
            case DELTA -> records.removeIf(record -> WindowScenario.delta(record, last) >= WindowScenario.FAR);
            default -> {
                while (records.size() > 2) {
                    records.remove(0);
                }
            }
        }
    }
}
