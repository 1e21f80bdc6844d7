// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The last records that came too late and were dropped, for people to look at. Confined to the subtask. */
public final class LateRecordSample {
    private static final int KEPT = 10;

    /**
     * A late record, as text: cut where it is long.
     *
     * @param operator name of the operator that dropped it
     * @param timestamp the record's event time
     * @param watermark the operator's, when the record came
     */
    public record Entry(String operator, String key, String record, long timestamp, long watermark) {}

    /** Texts are made when somebody looks, not for each record. */
    private record Kept(String operator, Object key, Object record, long timestamp, long watermark) {}

    private final @Nullable Kept[] kept = new Kept[KEPT];
    private long added;

    public void add(String operator, Object key, Object record, long timestamp, long watermark) {
        kept[(int) (added++ % KEPT)] = new Kept(operator, key, record, timestamp, watermark);
    }

    /** The last ten, oldest first. */
    public List<Entry> entries() {
        List<Entry> entries = new ArrayList<>();
        for (long i = Math.max(0, added - KEPT); i < added; i++) {
            Kept one = kept[(int) (i % KEPT)];
            if (one != null) {
                entries.add(new Entry(
                        one.operator, RecordText.of(one.key), RecordText.of(one.record), one.timestamp, one.watermark));
            }
        }
        return entries;
    }
}
