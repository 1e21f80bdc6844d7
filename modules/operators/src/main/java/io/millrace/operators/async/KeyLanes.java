// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.async;

import io.millrace.api.function.KeySelector;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** The records of a key are a lane. Only keys in flight are remembered. */
final class KeyLanes implements Lanes {
    private final KeySelector<Object, Object> selector;
    private final Map<Object, Queue<AsyncCall>> lanes = new HashMap<>();

    KeyLanes(KeySelector<Object, Object> selector) {
        this.selector = selector;
    }

    @Override
    public void enter(AsyncCall call) throws Exception {
        lanes.computeIfAbsent(keyOf(call), key -> new ArrayDeque<>(2)).add(call);
    }

    @Override
    public boolean isFirst(AsyncCall call) throws Exception {
        return laneOf(keyOf(call)).peek() == call;
    }

    @Override
    public @Nullable AsyncCall leave(AsyncCall call) throws Exception {
        Object key = keyOf(call);
        Queue<AsyncCall> lane = laneOf(key);
        lane.remove();
        AsyncCall next = lane.peek();
        if (next == null) {
            lanes.remove(key);
        }
        return next;
    }

    private Object keyOf(AsyncCall call) throws Exception {
        return selector.getKey(call.record());
    }

    private Queue<AsyncCall> laneOf(Object key) {
        Queue<AsyncCall> lane = lanes.get(key);
        if (lane == null) {
            throw new IllegalStateException(
                    "The key " + key + " of a record is not the one it had when the record came:"
                            + " a key selector must answer the same key each time, and records must not change.");
        }
        return lane;
    }
}
