// SPDX-License-Identifier: Apache-2.0
package io.millrace.runtime.job;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalLong;

/** Counts failures and says how long to wait after each. Confined to the coordinator. */
final class RestartStrategy {
    private final RestartSettings settings;
    private final Deque<Long> failuresMs = new ArrayDeque<>();
    private int inARow;
    private boolean gotOn;
    private double delayMs;
    private long lastFailureMs;

    RestartStrategy(RestartSettings settings) {
        this.settings = settings;
        this.delayMs = settings.initialDelayMs();
    }

    /** A checkpoint was completed: what failed before lies behind the job. */
    void checkpointCompleted() {
        gotOn = true;
    }

    /** Takes a failure; the delay until the next attempt, or empty when there is none. */
    OptionalLong onFailure(long nowMs) {
        boolean stable = inARow > 0 && gotOn && nowMs - lastFailureMs >= settings.resetAfterMs();
        inARow = stable ? 1 : inARow + 1;
        lastFailureMs = nowMs;
        gotOn = false;
        return switch (settings.type()) {
            case NONE -> OptionalLong.empty();
            case FIXED_DELAY ->
                inARow > settings.attempts() ? OptionalLong.empty() : OptionalLong.of(settings.initialDelayMs());
            case FAILURE_RATE -> withinRate(nowMs);
            case EXPONENTIAL_DELAY -> OptionalLong.of(growing(stable));
        };
    }

    private OptionalLong withinRate(long nowMs) {
        failuresMs.add(nowMs);
        while (!failuresMs.isEmpty() && nowMs - failuresMs.getFirst() > settings.rateIntervalMs()) {
            failuresMs.removeFirst();
        }
        return failuresMs.size() > settings.attempts()
                ? OptionalLong.empty()
                : OptionalLong.of(settings.initialDelayMs());
    }

    private long growing(boolean stable) {
        if (stable || inARow == 1) {
            delayMs = settings.initialDelayMs();
        }
        long now = (long) delayMs;
        delayMs = Math.min(settings.maxDelayMs(), Math.max(1, delayMs) * settings.multiplier());
        return now;
    }

    /** In words, why there is no further attempt. */
    String exhausted() {
        return switch (settings.type()) {
            case NONE -> "millrace.restart-strategy.type is none";
            case FIXED_DELAY -> settings.attempts() + " restarts (millrace.restart-strategy.attempts) are used up";
            case FAILURE_RATE ->
                "more than " + settings.attempts() + " failures within " + settings.rateIntervalMs() + " ms";
            case EXPONENTIAL_DELAY -> "no restart is left";
        };
    }
}
