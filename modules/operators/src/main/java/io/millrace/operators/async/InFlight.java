// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.async;

import io.millrace.api.time.Timestamps;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * The records that have come and whose results have not gone on, with the watermarks between them. Watermarks cut them
 * into stretches. Only results of the first stretch go on, in the order that its lanes allow; when its last record has
 * gone, the watermark at its end follows. Confined to the subtask.
 */
final class InFlight {
    private final Lanes lanes;
    private final Deque<Stretch> stretches = new ArrayDeque<>();
    private int records;

    InFlight(Lanes lanes) {
        this.lanes = lanes;
    }

    int records() {
        return records;
    }

    boolean isEmpty() {
        return stretches.isEmpty();
    }

    AsyncCall add(Object record, long timestamp) throws Exception {
        Stretch last = stretches.peekLast();
        if (last == null || last.isClosed()) {
            last = new Stretch();
            stretches.add(last);
        }
        AsyncCall call = last.add(record, timestamp);
        lanes.enter(call);
        records++;
        return call;
    }

    /** Holds a watermark back until everything before it has gone on. False: nothing is before it. */
    boolean hold(long watermark) {
        Stretch last = stretches.peekLast();
        if (last == null) {
            return false;
        }
        last.close(watermark);
        return true;
    }

    /** The record has become what it will. */
    void done(AsyncCall call) throws Exception {
        if (lanes.isFirst(call)) {
            call.stretch().makeReady(call);
        }
    }

    /** The record whose results go on next, or null. */
    @Nullable
    AsyncCall next() {
        Stretch first = stretches.peek();
        return first == null ? null : first.next();
    }

    /** The results of the {@link #next} record have gone on. */
    void removeNext(AsyncCall call) throws Exception {
        call.stretch().removeNext();
        records--;
        AsyncCall follower = lanes.leave(call);
        if (follower != null && follower.isDone()) {
            follower.stretch().makeReady(follower);
        }
    }

    /** Forgets a first stretch that is empty; answers the watermark at its end, or {@link Timestamps#NONE}. */
    long takeWatermark() {
        Stretch first = stretches.peek();
        if (first == null || !first.isEmpty()) {
            return Timestamps.NONE;
        }
        stretches.remove();
        return first.watermark();
    }

    /** First to last. */
    Iterable<Stretch> stretches() {
        return stretches;
    }
}
