// SPDX-License-Identifier: Apache-2.0
package io.millrace.testkit.reference;

import io.millrace.api.graph.OperatorSpec;
import io.millrace.api.window.GlobalWindow;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One window a key that lasts for ever and gives a result each time that so many records have come: of these alone, of
 * all so far, or of the last ones. What is left in the end gives none.
 *
 * @param every records between results
 * @param purging true to begin with an empty window after each
 * @param last how many of the last records are kept; negative for all
 */
record CountModel(long every, boolean purging, long last) {
    private static final Pattern TRIGGER = Pattern.compile("(purging )?count (\\d+)");
    private static final Pattern EVICTOR = Pattern.compile("last (\\d+) records");

    /** Null where the windows are not of this kind. */
    static @Nullable CountModel of(OperatorSpec.WindowSpec spec) {
        Matcher trigger = TRIGGER.matcher(String.valueOf(spec.trigger()));
        Matcher evictor = EVICTOR.matcher(String.valueOf(spec.evictor()));
        boolean known = spec.assigner().toString().startsWith("global")
                && trigger.matches()
                && (spec.evictor() == null || evictor.matches());
        if (!known) {
            return null;
        }
        return new CountModel(
                Long.parseLong(trigger.group(2)),
                trigger.group(1) != null,
                spec.evictor() == null ? -1 : Long.parseLong(evictor.group(1)));
    }

    void run(ModelStep step, Object key, List<ModelRecord> records) throws Exception {
        if (records.size() >= every && !ModelStep.areOrdered(records)) {
            throw new UndecidedException("the order of the records of one key decides which are counted together");
        }
        List<ModelRecord> held = new ArrayList<>();
        long count = 0;
        for (ModelRecord record : records) {
            held.add(record);
            count++;
            if (count == every) {
                count = 0;
                if (last >= 0 && held.size() > last) {
                    held.subList(0, (int) (held.size() - last)).clear();
                }
                WindowModel.fire(step, key, GlobalWindow.get(), held);
                if (purging) {
                    held.clear();
                }
            }
        }
    }
}
