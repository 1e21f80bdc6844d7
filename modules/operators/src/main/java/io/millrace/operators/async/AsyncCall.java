// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.async;

import java.util.Collection;
import java.util.List;

/** A record in flight. Compared by identity. Confined to the subtask. */
final class AsyncCall {
    enum Phase {
        /** For room: it has not been asked about. */
        WAITING,
        /** Asked about, without an answer yet. */
        ASKED,
        /** The last attempt was in vain; the next comes after a pause. */
        PAUSING,
        /** The results are there. */
        DONE
    }

    private final Object record;
    private final long timestamp;
    private final Stretch stretch;
    private Phase phase = Phase.WAITING;
    private int attempts;
    private long deadlineMs;
    private Collection<?> results = List.of();

    AsyncCall(Object record, long timestamp, Stretch stretch) {
        this.record = record;
        this.timestamp = timestamp;
        this.stretch = stretch;
    }

    Object record() {
        return record;
    }

    long timestamp() {
        return timestamp;
    }

    /** The records between two watermarks that it belongs to. */
    Stretch stretch() {
        return stretch;
    }

    /** Calls so far. */
    int attempts() {
        return attempts;
    }

    long deadlineMs() {
        return deadlineMs;
    }

    void setDeadlineMs(long timeMs) {
        deadlineMs = timeMs;
    }

    /** Another attempt begins; answers its number, from 1. */
    int beginAttempt() {
        phase = Phase.ASKED;
        return ++attempts;
    }

    /** True when the outcome of that attempt is what the record waits for. */
    boolean awaits(int attempt) {
        return phase == Phase.ASKED && attempt == attempts;
    }

    void pause() {
        phase = Phase.PAUSING;
    }

    boolean isPausing() {
        return phase == Phase.PAUSING;
    }

    void finish(Collection<?> outcome) {
        phase = Phase.DONE;
        results = outcome;
    }

    boolean isDone() {
        return phase == Phase.DONE;
    }

    /** Empty unless it is done. */
    Collection<?> results() {
        return results;
    }
}
