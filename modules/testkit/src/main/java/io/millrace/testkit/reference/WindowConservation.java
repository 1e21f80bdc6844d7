// SPDX-License-Identifier: Apache-2.0
package io.millrace.testkit.reference;

import io.millrace.api.window.Window;
import io.millrace.api.window.WindowAssigner;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What holds of windows that fire once, though it is not decided which records are late: each window fires once at most;
 * a record is in windows that are its own alone; when it is missing in one of them, it is missing in the earlier ones
 * too; it is in the late output if it is in none; and none that is in time for certain is missing anywhere.
 */
public final class WindowConservation {
    /** What a window held when it fired. */
    public record Fired(Object key, Window window, List<Object> values) {}

    private record Place(Object key, @Nullable Window window, Object value) {}

    private final Map<Place, Integer> seen = new HashMap<>();
    private final Set<Place> fired = new HashSet<>();

    private WindowConservation() {}

    /**
     * Looks for what is wrong.
     *
     * @param late the values in the late output
     * @return a few words, or null
     */
    public static @Nullable String violation(
            WindowAssigner<?, ?> assigner, List<ModelRecord> arrivals, List<Fired> windows, List<Object> late)
            throws Exception {
        WindowConservation found = new WindowConservation();
        for (Fired one : windows) {
            if (!found.fired.add(new Place(one.key, one.window, ""))) {
                return "the window " + one.window + " of key " + one.key + " fired twice";
            }
            one.values.forEach(value -> found.count(new Place(one.key, one.window, value)));
        }
        late.forEach(value -> found.count(new Place("", null, value)));
        return found.compare(assigner, arrivals);
    }

    private void count(Place place) {
        seen.merge(place, 1, Integer::sum);
    }

    private @Nullable String compare(WindowAssigner<?, ?> assigner, List<ModelRecord> arrivals) throws Exception {
        Map<ModelRecord, int[]> counts = new HashMap<>();
        for (ModelRecord record : arrivals) {
            // Those that are alike but for the way they came cannot be told apart.
            ModelRecord alike = record.in(new Lane(null, "any")).at(record.timestamp(), true);
            int[] count = counts.computeIfAbsent(alike, absent -> new int[2]);
            count[0]++;
            count[1] += record.inTime() ? 1 : 0;
        }
        for (Map.Entry<ModelRecord, int[]> record : counts.entrySet()) {
            String wrong = compare(assigner, record.getKey(), record.getValue()[0], record.getValue()[1]);
            if (wrong != null) {
                return wrong;
            }
        }
        return seen.isEmpty() ? null : "what nobody has sent has come out: " + seen;
    }

    private @Nullable String compare(WindowAssigner<?, ?> assigner, ModelRecord record, int all, int inTime)
            throws Exception {
        List<Window> windows =
                new ArrayList<>(WindowDefinitions.windowsOf(assigner, record.value(), record.timestamp()));
        windows.sort(Comparator.comparingLong(Window::maxTimestamp));
        int least = inTime;
        for (Window window : windows) {
            int found = take(new Place(Objects.requireNonNull(record.key()), window, record.value()));
            if (found < least || found > all) {
                return record.value() + " is " + found + " times in " + window + " of key " + record.key()
                        + " instead of " + least + " to " + all + " times";
            }
            least = found;
        }
        int late = take(new Place("", null, record.value()));
        int expected = windows.isEmpty() ? 0 : all - least;
        return late == expected
                ? null
                : record.value() + " is " + late + " times in the late output instead of " + expected + " times";
    }

    private int take(Place place) {
        Integer count = seen.remove(place);
        return count == null ? 0 : count;
    }
}
