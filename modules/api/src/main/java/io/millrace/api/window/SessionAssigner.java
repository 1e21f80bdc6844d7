// SPDX-License-Identifier: Apache-2.0
package io.millrace.api.window;

import io.millrace.api.types.VersionedSerializer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Records less than a gap apart share a session; a gap of exactly that length still joins them. */
final class SessionAssigner<T> extends MergingWindowAssigner<T, TimeWindow> {
    private static final Comparator<TimeWindow> BY_TIME =
            Comparator.comparingLong(TimeWindow::start).thenComparingLong(TimeWindow::end);

    private final SessionGap<T> gap;
    private final boolean eventTime;

    SessionAssigner(SessionGap<T> gap, boolean eventTime) {
        this.gap = gap;
        this.eventTime = eventTime;
    }

    @Override
    public void assignWindows(T record, long timestamp, Context context, WindowCollector<TimeWindow> out)
            throws Exception {
        long start = eventTime ? timestamp : context.currentProcessingTime();
        out.add(new TimeWindow(start, gap.endOf(record, start)));
    }

    @Override
    public void mergeWindows(List<TimeWindow> windows, MergeCallback<TimeWindow> callback) throws Exception {
        List<TimeWindow> sorted = new ArrayList<>(windows);
        sorted.sort(BY_TIME);
        List<TimeWindow> together = new ArrayList<>();
        TimeWindow cover = null;
        for (TimeWindow window : sorted) {
            if (cover != null && cover.intersects(window)) {
                cover = cover.cover(window);
            } else {
                report(together, cover, callback);
                together = new ArrayList<>();
                cover = window;
            }
            together.add(window);
        }
        report(together, cover, callback);
    }

    private static void report(
            List<TimeWindow> together, @Nullable TimeWindow cover, MergeCallback<TimeWindow> callback)
            throws Exception {
        if (cover != null && together.size() > 1) {
            callback.merge(together, cover);
        }
    }

    @Override
    public @Nullable SessionGap<T> sessionGap() {
        return eventTime ? gap : null;
    }

    @Override
    public List<Object> functions() {
        return gap.functions();
    }

    @Override
    public boolean isEventTime() {
        return eventTime;
    }

    @Override
    public VersionedSerializer<TimeWindow> windowSerializer() {
        return TimeWindowSerializer.INSTANCE;
    }

    @Override
    public String toString() {
        return (eventTime ? "sessions(" : "processing-time sessions(") + gap + ")";
    }
}
