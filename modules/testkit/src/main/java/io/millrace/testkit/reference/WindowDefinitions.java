// SPDX-License-Identifier: Apache-2.0
package io.millrace.testkit.reference;

import io.millrace.api.time.Timestamps;
import io.millrace.api.window.MergingWindowAssigner;
import io.millrace.api.window.TimeWindow;
import io.millrace.api.window.Window;
import io.millrace.api.window.WindowAssigner;
import io.millrace.api.window.WindowGrid;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which windows records belong to, by the definition of each kind. */
public final class WindowDefinitions {
    private static final Pattern CUMULATIVE =
            Pattern.compile("cumulative\\(size (\\d+) ms, step (\\d+) ms(?:, offset (-?\\d+) ms)?\\)");

    private WindowDefinitions() {}

    /** The records of a key in their windows, the earliest first; within a window in the order in which they come. */
    static Map<Window, List<ModelRecord>> windows(WindowAssigner<?, ?> assigner, List<ModelRecord> records)
            throws Exception {
        Map<Window, List<ModelRecord>> windows = new LinkedHashMap<>();
        for (ModelRecord record : records) {
            for (Window window : windowsOf(assigner, record.value(), record.timestamp())) {
                windows.computeIfAbsent(window, absent -> new ArrayList<>()).add(record);
            }
        }
        Map<Window, List<ModelRecord>> whole =
                assigner instanceof MergingWindowAssigner<?, ?> ? sessions(windows) : windows;
        Map<Window, List<ModelRecord>> sorted = new LinkedHashMap<>();
        whole.keySet().stream()
                .sorted(Comparator.comparingLong(Window::maxTimestamp))
                .forEach(window -> sorted.put(window, whole.get(window)));
        return sorted;
    }

    /**
     * The windows of a record, the earliest first. Where windows merge: the one that it has by itself, from its timestamp
     * to a gap after it.
     */
    public static List<Window> windowsOf(WindowAssigner<?, ?> assigner, Object record, long timestamp)
            throws Exception {
        WindowGrid grid = assigner.grid();
        Matcher cumulative = CUMULATIVE.matcher(assigner.toString());
        if (grid == null && !cumulative.matches()) {
            return asAssigned(assigner, record, timestamp);
        }
        if (timestamp == Timestamps.NONE) {
            throw new IllegalStateException("the record " + record + " has no timestamp, so it has no window");
        }
        return grid == null ? cumulative(cumulative, timestamp) : aligned(grid, timestamp);
    }

    /** All spans [n * slide + offset, n * slide + offset + size) that hold the timestamp. */
    private static List<Window> aligned(WindowGrid grid, long timestamp) {
        BigInteger time = BigInteger.valueOf(timestamp);
        BigInteger size = BigInteger.valueOf(grid.size());
        BigInteger slide = BigInteger.valueOf(grid.slide());
        BigInteger offset = BigInteger.valueOf(grid.offset());
        // The lowest n with n * slide + offset + size > time.
        BigInteger lowest =
                floorDivide(time.subtract(offset).subtract(size), slide).add(BigInteger.ONE);
        List<Window> windows = new ArrayList<>();
        BigInteger start = lowest.multiply(slide).add(offset);
        while (start.compareTo(time) <= 0) {
            windows.add(new TimeWindow(start.longValueExact(), start.add(size).longValueExact()));
            start = start.add(slide);
        }
        return windows;
    }

    private static BigInteger floorDivide(BigInteger dividend, BigInteger divisor) {
        BigInteger[] parts = dividend.divideAndRemainder(divisor);
        return parts[1].signum() < 0 ? parts[0].subtract(BigInteger.ONE) : parts[0];
    }

    /** Of the longest window that holds the timestamp, all beginnings that do too, and that are so many steps long. */
    private static List<Window> cumulative(Matcher numbers, long timestamp) {
        long size = Long.parseLong(numbers.group(1));
        long step = Long.parseLong(numbers.group(2));
        long offset = numbers.group(3) == null ? 0 : Long.parseLong(numbers.group(3));
        TimeWindow longest = (TimeWindow)
                aligned(new WindowGrid(size, size, offset), timestamp).get(0);
        List<Window> windows = new ArrayList<>();
        for (long length = step; length <= size; length += step) {
            if (timestamp < longest.start() + length) {
                windows.add(new TimeWindow(longest.start(), longest.start() + length));
            }
        }
        return windows;
    }

    /** Spans that overlap or touch become one. */
    private static Map<Window, List<ModelRecord>> sessions(Map<Window, List<ModelRecord>> spans) {
        List<TimeWindow> sorted = new ArrayList<>();
        spans.keySet().forEach(span -> sorted.add((TimeWindow) span));
        sorted.sort(Comparator.comparingLong(TimeWindow::start).thenComparingLong(TimeWindow::end));
        Map<Window, List<ModelRecord>> sessions = new LinkedHashMap<>();
        TimeWindow session = null;
        List<ModelRecord> records = new ArrayList<>();
        for (TimeWindow span : sorted) {
            if (session != null && span.start() <= session.end()) {
                session = new TimeWindow(session.start(), Math.max(session.end(), span.end()));
            } else {
                if (session != null) {
                    sessions.put(session, records);
                }
                session = span;
                records = new ArrayList<>();
            }
            records.addAll(spans.get(span));
        }
        if (session != null) {
            sessions.put(session, records);
        }
        return sessions;
    }

    /** An assigner of the user's, or one that has no more to say than this: what it says is the definition. */
    @SuppressWarnings("unchecked") // the typed streams of the API made sure that it gets its records
    private static List<Window> asAssigned(WindowAssigner<?, ?> assigner, Object record, long timestamp)
            throws Exception {
        List<Window> windows = new ArrayList<>();
        WindowAssigner.Context context = () -> {
            throw new UndecidedException("the clock decides which window a record belongs to");
        };
        ((WindowAssigner<Object, Window>) assigner).assignWindows(record, timestamp, context, windows::add);
        return windows;
    }
}
