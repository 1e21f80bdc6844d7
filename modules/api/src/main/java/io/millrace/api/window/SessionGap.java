// SPDX-License-Identifier: Apache-2.0
package io.millrace.api.window;

import io.millrace.api.Internal;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How long a session stays open after a record: always the same, or as the record says. Immutable. */
@Internal
public final class SessionGap<T> {
    private final long fixedMs;
    private final @Nullable SessionWindowTimeGapExtractor<? super T> extractor;

    private SessionGap(long fixedMs, @Nullable SessionWindowTimeGapExtractor<? super T> extractor) {
        this.fixedMs = fixedMs;
        this.extractor = extractor;
    }

    static <T> SessionGap<T> fixed(Duration gap) {
        long gapMs = WindowGrid.millis("session gap", gap);
        if (gapMs < 1) {
            throw new IllegalArgumentException("The gap that ends a session is at least one millisecond; given was "
                    + gap + ". Without a gap every record would be a session of its own.");
        }
        return new SessionGap<>(gapMs, null);
    }

    static <T> SessionGap<T> dynamic(SessionWindowTimeGapExtractor<? super T> extractor) {
        return new SessionGap<>(0, extractor);
    }

    /**
     * The end of the session that a record is by itself.
     *
     * @throws IllegalStateException when the record has no timestamp, or one beyond all reason, or no gap
     */
    public long endOf(T record, long start) {
        WindowGrid.requireInLimits(start);
        if (extractor == null) {
            return start + fixedMs;
        }
        long gapMs = extractor.extract(record);
        if (gapMs < 1 || gapMs > WindowGrid.LIMIT_MS) {
            throw new IllegalStateException("The gap that ends a session was " + gapMs + " ms for the record " + record
                    + "; it is 1 to " + WindowGrid.LIMIT_MS + ". Correct the gap extractor.");
        }
        return start + gapMs;
    }

    List<Object> functions() {
        return extractor == null ? List.of() : List.of(extractor);
    }

    @Override
    public String toString() {
        return extractor == null ? "gap " + fixedMs + " ms" : "gap by record";
    }
}
