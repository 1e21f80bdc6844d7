// SPDX-License-Identifier: Apache-2.0
package io.millrace.testkit.reference;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What holds of the order in which the records of a key come: each comes once, and those of a lane in their order. */
public final class OrderConservation {
    private OrderConservation() {}

    /**
     * Looks for what is wrong.
     *
     * @param seen the values of each key in the order in which the operator saw them
     * @return a few words, or null
     */
    public static @Nullable String violation(List<ModelRecord> arrivals, Map<Object, List<Object>> seen) {
        Map<Object, List<ModelRecord>> sent = new HashMap<>();
        for (ModelRecord record : arrivals) {
            sent.computeIfAbsent(record.key(), key -> new ArrayList<>()).add(record);
        }
        if (!sent.keySet().equals(seen.keySet())) {
            return "keys " + seen.keySet() + " were seen instead of " + sent.keySet();
        }
        for (Map.Entry<Object, List<ModelRecord>> key : sent.entrySet()) {
            String wrong = violation(key.getKey(), key.getValue(), seen.get(key.getKey()));
            if (wrong != null) {
                return wrong;
            }
        }
        return null;
    }

    private static @Nullable String violation(Object key, List<ModelRecord> sent, List<Object> seen) {
        List<Object> values = new ArrayList<>();
        sent.forEach(record -> values.add(record.value()));
        if (!Bags.same(values, seen)) {
            return "the values " + seen + " of key " + key + " were seen instead of " + values;
        }
        Set<Object> once = new HashSet<>();
        Set<Object> often = new HashSet<>();
        values.forEach(value -> (once.add(value) ? once : often).add(value));
        Map<Lane, Integer> positions = new HashMap<>();
        for (ModelRecord record : sent) {
            // Of values that are alike nobody can say which is which.
            if (!often.contains(record.value())) {
                int position = seen.indexOf(record.value());
                Integer before = positions.put(record.lane(), position);
                if (before != null && before > position) {
                    return record.value() + " of key " + key + " was overtaken: " + seen;
                }
            }
        }
        return null;
    }
}
