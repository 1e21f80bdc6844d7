// SPDX-License-Identifier: Apache-2.0
package io.millrace.api.function;

import io.millrace.api.Evolving;
import io.millrace.api.JobDefinitionException;
import java.time.Duration;
import java.util.function.Predicate;

/**
 * How often, and after which pauses, an {@link AsyncFunction} is asked about a record again. A record that waits for its
 * next attempt stays in flight: it counts in the capacity, and its timeout goes on. Immutable.
 */
@Evolving
public final class AsyncRetry {
    private static final AsyncRetry NEVER = new AsyncRetry(1, Duration.ZERO, Duration.ZERO, 1, error -> false);

    private final int attempts;
    private final Duration first;
    private final Duration longest;
    private final double factor;
    private final Predicate<? super Throwable> retried;

    private AsyncRetry(
            int attempts, Duration first, Duration longest, double factor, Predicate<? super Throwable> retried) {
        this.attempts = attempts;
        this.first = first;
        this.longest = longest;
        this.factor = factor;
        this.retried = retried;
    }

    /** Asks once. */
    public static AsyncRetry never() {
        return NEVER;
    }

    /**
     * Asks again after the same pause each time.
     *
     * @param pause zero to a day
     * @param attempts most calls for a record, the first included; at least 2
     */
    public static AsyncRetry fixed(Duration pause, int attempts) {
        return exponential(pause, pause, 1, attempts);
    }

    /**
     * Asks again after pauses that grow.
     *
     * @param first pause after the first call; not negative
     * @param longest no pause is longer; at least {@code first}, at most a day
     * @param factor by which each pause is longer than the one before; at least 1
     * @param attempts most calls for a record, the first included; at least 2
     */
    public static AsyncRetry exponential(Duration first, Duration longest, double factor, int attempts) {
        if (attempts < 2) {
            throw new JobDefinitionException(
                    "The attempts of a retry count the first call, so they are at least 2; got " + attempts
                            + ". To ask once, set no retry.");
        }
        if (first.isNegative() || longest.compareTo(first) < 0 || longest.compareTo(Duration.ofDays(1)) > 0) {
            throw new JobDefinitionException("The pauses of a retry begin at zero or more, end at no less, and at a day"
                    + " at most; got " + first + " to " + longest + ".");
        }
        if (!(factor >= 1) || Double.isInfinite(factor)) {
            throw new JobDefinitionException("The factor of a retry is at least 1, and finite; got " + factor + ".");
        }
        return new AsyncRetry(attempts, first, longest, factor, error -> true);
    }

    /**
     * Asks again after the failures for which the predicate answers true, in place of all; it is given the failure
     * itself, without the {@code CompletionException} that futures put around it.
     */
    public AsyncRetry onException(Predicate<? super Throwable> predicate) {
        return new AsyncRetry(attempts, first, longest, factor, predicate);
    }

    /** Most calls for a record, the first included. */
    public int attempts() {
        return attempts;
    }

    /** What decides which failures are followed by another call. */
    public Predicate<? super Throwable> retried() {
        return retried;
    }

    /**
     * The pause after a call.
     *
     * @param attempt which call of the record it was, from 1
     */
    public Duration pauseAfter(int attempt) {
        double millis = first.toMillis() * Math.pow(factor, attempt - 1.0);
        return millis >= longest.toMillis() ? longest : Duration.ofMillis((long) millis);
    }

    /** The same for equal settings. */
    @Override
    public String toString() {
        return attempts == 1
                ? "no retry"
                : attempts + " attempts, pauses " + first + " to " + longest + " by " + factor;
    }
}
