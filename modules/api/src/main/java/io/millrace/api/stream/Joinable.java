// SPDX-License-Identifier: Apache-2.0
package io.millrace.api.stream;

import io.millrace.api.Stable;
import io.millrace.api.window.Window;
import io.millrace.api.window.WindowAssigner;

/** Two keyed streams that are to be joined, waiting for their windows. */
@Stable
public final class Joinable<K, L, R> {
    private final CoGroupable<K, L, R> both;

    Joinable(KeyedStream<K, L> left, KeyedStream<K, R> right) {
        this.both = new CoGroupable<>(left, right);
    }

    /** Puts the records of both streams into windows. */
    public <W extends Window> JoinedWindows<K, L, R, W> window(WindowAssigner<Object, W> assigner) {
        return new JoinedWindows<>(both.window(assigner));
    }
}
