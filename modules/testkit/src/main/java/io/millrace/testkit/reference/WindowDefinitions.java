// SPDX-License-Identifier: Apache-2.0
package io.millrace.testkit.reference;

import io.millrace.api.time.Timestamps;
import io.millrace.api.window.TimeWindow;
import io.millrace.api.window.Window;
import io.millrace.api.window.WindowAssigner;
import io.millrace.api.window.WindowGrid;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which windows a record belongs to, by the definition of each kind. */
public final class WindowDefinitions {
    private WindowDefinitions() {}

    /** The windows of a record, the earliest first. */
    public static List<Window> windowsOf(WindowAssigner<?, ?> assigner, Object record, long timestamp)
            throws Exception {
        if (timestamp == Timestamps.NONE) {
            throw new IllegalStateException("the record " + record + " has no timestamp, so it has no window");
        }
        WindowGrid grid = assigner.grid();
        return grid == null ? custom(assigner, record, timestamp) : aligned(grid, timestamp);
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

    /** An assigner of the user's: what it says is the definition. */
    @SuppressWarnings("unchecked") // the typed streams of the API made sure that it gets its records
    private static List<Window> custom(WindowAssigner<?, ?> assigner, @Nullable Object record, long timestamp)
            throws Exception {
        List<Window> windows = new ArrayList<>();
        ((WindowAssigner<Object, Window>) assigner).assignWindows(record, timestamp, windows::add);
        return windows;
    }
}
