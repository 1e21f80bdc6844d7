// SPDX-License-Identifier: Apache-2.0
package io.millrace.api.window;

import io.millrace.api.Stable;
import java.util.ArrayList;
import java.util.List;

/** Takes records out of a window that are a threshold or further from its last one. */
@Stable
public final class DeltaEvictor<T, W extends Window> implements Evictor<T, W> {
    private final double threshold;
    private final DeltaFunction<? super T> function;
    private final boolean after;

    private DeltaEvictor(double threshold, DeltaFunction<? super T> function, boolean after) {
        this.threshold = threshold;
        this.function = function;
        this.after = after;
    }

    /** Evicts before the window's function is called. */
    public static <T, W extends Window> DeltaEvictor<T, W> of(double threshold, DeltaFunction<? super T> function) {
        return of(threshold, function, false);
    }

    /**
     * @param after true to evict after the window's function was called
     */
    public static <T, W extends Window> DeltaEvictor<T, W> of(
            double threshold, DeltaFunction<? super T> function, boolean after) {
        return new DeltaEvictor<>(threshold, function, after);
    }

    @Override
    public void evictBefore(List<Timestamped<T>> records, W window, Context context) throws Exception {
        if (!after) {
            evict(records);
        }
    }

    @Override
    public void evictAfter(List<Timestamped<T>> records, W window, Context context) throws Exception {
        if (after) {
            evict(records);
        }
    }

    private void evict(List<Timestamped<T>> records) throws Exception {
        if (records.isEmpty()) {
            return;
        }
        T last = records.get(records.size() - 1).value();
        List<Timestamped<T>> kept = new ArrayList<>();
        for (Timestamped<T> record : records) {
            if (function.delta(record.value(), last) < threshold) {
                kept.add(record);
            }
        }
        records.clear();
        records.addAll(kept);
    }

    @Override
    public List<Object> functions() {
        return List.of(function);
    }

    @Override
    public String toString() {
        return "nearer than " + threshold + (after ? " after" : "");
    }
}
