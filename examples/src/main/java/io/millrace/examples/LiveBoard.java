// SPDX-License-Identifier: Apache-2.0
package io.millrace.examples;

import java.time.LocalDateTime;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The worst airports of the latest hour, for a terminal to draw: a board a job name in this process. It sees what the
 * subtasks of this process emit, at least once; a row that comes again after a recovery replaces itself.
 *
 * <p>Thread-safe.
 */
public final class LiveBoard {
    /** Airports with fewer departures in the hour are left out: their mean says little. */
    private static final int LEAST_DEPARTURES = 5;

    private static final int TOP = 10;
    private static final Comparator<HourlyDelays> WORST_FIRST =
            Comparator.comparing(HourlyDelays::meanDelay).reversed().thenComparing(HourlyDelays::origin);
    private static final ConcurrentHashMap<String, LiveBoard> BOARDS = new ConcurrentHashMap<>();

    /**
     * What a board shows at one moment.
     *
     * @param hour begin of the latest complete hour; empty before the first
     * @param worst its airports with the highest mean delays, worst first, at most ten
     * @param windows how many windows (an origin and hour each) have fired so far
     * @param departures how many flights they hold
     */
    public record Snapshot(Optional<LocalDateTime> hour, List<HourlyDelays> worst, long windows, long departures) {}

    /** Rows by hour and origin. All hours are kept, so that a recovery may replay any of them without counting twice. */
    private final TreeMap<Long, Map<String, HourlyDelays>> hours = new TreeMap<>();

    private long windows;
    private long departures;

    private LiveBoard() {}

    /** The board of a job, made at its first call. */
    public static LiveBoard of(String jobName) {
        return BOARDS.computeIfAbsent(jobName, ignored -> new LiveBoard());
    }

    /** Forgets the board of a job: the next run of that name begins with an empty one. */
    public static void forget(String jobName) {
        BOARDS.remove(jobName);
    }

    /** Takes a result; the same hour and origin again replaces the former. */
    public synchronized void update(HourlyDelays row) {
        HourlyDelays before = hours.computeIfAbsent(row.windowStartMs(), ignored -> new HashMap<>())
                .put(row.origin(), row);
        windows += before == null ? 1 : 0;
        departures += row.departures() - (before == null ? 0 : before.departures());
    }

    /** The board now. An hour is complete once a later one has begun to come in. */
    public synchronized Snapshot snapshot() {
        Long latest = hours.isEmpty() ? null : hours.lowerKey(hours.lastKey());
        if (latest == null) {
            return new Snapshot(Optional.empty(), List.of(), windows, departures);
        }
        List<HourlyDelays> worst = hours.getOrDefault(latest, Map.of()).values().stream()
                .filter(row -> row.departures() >= LEAST_DEPARTURES)
                .sorted(WORST_FIRST)
                .limit(TOP)
                .toList();
        LocalDateTime hour = hours.getOrDefault(latest, Map.of()).values().stream()
                .findAny()
                .map(HourlyDelays::windowStart)
                .orElseThrow();
        return new Snapshot(Optional.of(hour), worst, windows, departures);
    }
}
