// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.async;

import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** All records are in one lane. */
final class SingleLane implements Lanes {
    private final Queue<AsyncCall> calls = new ArrayDeque<>();

    @Override
    public void enter(AsyncCall call) {
        calls.add(call);
    }

    @Override
    public boolean isFirst(AsyncCall call) {
        return calls.peek() == call;
    }

    @Override
    public @Nullable AsyncCall leave(AsyncCall call) {
        calls.remove();
        return calls.peek();
    }
}
