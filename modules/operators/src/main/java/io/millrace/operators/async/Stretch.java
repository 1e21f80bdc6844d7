// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.async;

import io.millrace.api.time.Timestamps;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Queue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The records in flight between two watermarks. Confined to the subtask. */
final class Stretch {
    private final Set<AsyncCall> calls = new LinkedHashSet<>();
    private final Queue<AsyncCall> ready = new ArrayDeque<>();
    private long watermark = Timestamps.NONE;

    AsyncCall add(Object record, long timestamp) {
        AsyncCall call = new AsyncCall(record, timestamp, this);
        calls.add(call);
        return call;
    }

    /** Its results may go on as far as the order among its own records is concerned. */
    void makeReady(AsyncCall call) {
        ready.add(call);
    }

    /** The record whose results are next, or null. */
    @Nullable
    AsyncCall next() {
        return ready.peek();
    }

    /** Forgets the record that was {@link #next}. */
    void removeNext() {
        calls.remove(ready.remove());
    }

    /** Ends it, or moves its end where no record came since. */
    void close(long newWatermark) {
        watermark = newWatermark;
    }

    boolean isClosed() {
        return watermark > Timestamps.NONE;
    }

    /** The watermark at its end; {@link Timestamps#NONE} as long as records may come. */
    long watermark() {
        return watermark;
    }

    boolean isEmpty() {
        return calls.isEmpty();
    }

    /** In the order in which they came. */
    Collection<AsyncCall> calls() {
        return calls;
    }
}
