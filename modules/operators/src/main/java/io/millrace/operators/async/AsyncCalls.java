// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.async;

import io.millrace.api.function.AsyncFunction;
import io.millrace.api.function.KeySelector;
import io.millrace.api.graph.AsyncSettings;
import io.millrace.api.time.Timestamps;
import io.millrace.operators.OperatorContext;
import io.millrace.operators.OperatorSnapshot;
import io.millrace.operators.Output;
import io.millrace.operators.RecordProcessor;
import io.millrace.operators.RecordText;
import io.millrace.serialization.Codec;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Asks about records and lets the results go on: the engine of an operator with asynchronous calls.
 *
 * <p>A record is in flight from its coming until its results have gone on. At most as many as the capacity says have been
 * asked about; with as many in flight the chain's input is paused. What still comes then, because it is made of a record
 * that the chain was handling, waits without being asked about.
 *
 * <p>The results of a record are emitted in one go; between records the output is asked whether it is full. So what is in
 * flight are whole records, and a snapshot of them with the watermarks among them is all the state there is: after a
 * restore they are asked about again.
 *
 * <p>All user code runs where records come in ({@link #process}), at the start, or in {@link #goOn}. Confined to the
 * subtask.
 */
public final class AsyncCalls implements RecordProcessor {

    private final OperatorContext context;
    private final Output output;
    private final AsyncFunction<Object, Object> function;
    private final AsyncSettings settings;
    private final InFlight inFlight;
    private final InFlightSnapshot part;
    private final Queue<AsyncCall> waiting = new ArrayDeque<>();
    private final Queue<AsyncCall> toRepeat = new ArrayDeque<>();
    private final Outcomes outcomes;
    private final Deadlines deadlines;
    private int asked;
    private boolean paused;
    private long passed = Timestamps.NONE;

    /**
     * @param keySelector the key of a record where the order is kept for each key, or null
     * @param codec of the records
     */
    public AsyncCalls(
            OperatorContext context,
            AsyncFunction<Object, Object> function,
            AsyncSettings settings,
            @Nullable KeySelector<Object, Object> keySelector,
            Codec<Object> codec) {
        this.context = context;
        this.output = context.output();
        this.function = function;
        this.settings = settings;
        this.inFlight = new InFlight(lanes(settings.order(), keySelector));
        this.part = new InFlightSnapshot(codec);
        this.outcomes = new Outcomes(context);
        this.deadlines = new Deadlines(context, settings.timeout());
    }

    private static Lanes lanes(AsyncSettings.Order order, @Nullable KeySelector<Object, Object> keySelector) {
        return switch (order) {
            case ORDERED -> new SingleLane();
            case UNORDERED -> new FreeLanes();
            case ORDERED_BY_KEY -> new KeyLanes(Objects.requireNonNull(keySelector));
        };
    }

    /** The last watermark that has gone on, or {@link Timestamps#NONE}. */
    public long passedWatermark() {
        return passed;
    }

    /** True when everything that came has gone on. */
    public boolean isEmpty() {
        return inFlight.isEmpty();
    }

    /** Asks about restored records. */
    public void start() throws Exception {
        fillUp();
        pauseOrResume();
        context.goOnLater();
    }

    @Override
    public void process(Object record, long timestamp) throws Exception {
        AsyncCall call = inFlight.add(record, timestamp);
        if (asked < settings.capacity()) {
            askFirst(call);
        } else {
            waiting.add(call);
        }
        if (call.isDone() && !emit()) {
            context.goOnLater();
        }
        pauseOrResume();
    }

    /** Takes a watermark: it goes on at once where nothing is before it, and otherwise after that. */
    public void advance(long watermark) {
        if (!inFlight.hold(watermark)) {
            passed = watermark;
        }
    }

    /**
     * Takes outcomes and lets go on what can.
     *
     * @return false when the output is full
     */
    public boolean goOn() throws Exception {
        outcomes.beginTaking();
        for (Outcomes.Outcome outcome = outcomes.poll(); outcome != null; outcome = outcomes.poll()) {
            take(outcome);
        }
        for (AsyncCall call = deadlines.pollOverdue(); call != null; call = deadlines.pollOverdue()) {
            timeOut(call);
        }
        for (AsyncCall call = toRepeat.poll(); call != null; call = toRepeat.poll()) {
            if (call.isPausing()) {
                ask(call);
            }
        }
        boolean done = emit();
        pauseOrResume();
        return done;
    }

    // --- asking

    private void fillUp() throws Exception {
        while (asked < settings.capacity() && !waiting.isEmpty()) {
            askFirst(waiting.remove());
        }
    }

    private void askFirst(AsyncCall call) throws Exception {
        asked++;
        deadlines.add(call);
        ask(call);
    }

    private void ask(AsyncCall call) throws Exception {
        int attempt = call.beginAttempt();
        CompletionStage<? extends Collection<?>> stage;
        try {
            stage = function.asyncInvoke(call.record());
            if (stage == null) {
                throw new NullPointerException("asyncInvoke(..) returned null in place of a CompletionStage.");
            }
        } catch (Exception e) {
            outcomes.add(new Outcomes.Outcome(call, attempt, null, e));
            return;
        }
        if (stage instanceof CompletableFuture<?> future && future.isDone() && !future.isCompletedExceptionally()) {
            // Known at once, from a cache for example: no need for a detour through the mailbox.
            take(new Outcomes.Outcome(call, attempt, (Collection<?>) future.join(), null));
            return;
        }
        stage.whenComplete((results, error) -> outcomes.add(new Outcomes.Outcome(call, attempt, results, error)));
    }

    // --- outcomes

    private void take(Outcomes.Outcome outcome) throws Exception {
        AsyncCall call = outcome.call();
        if (!call.awaits(outcome.attempt())) {
            return;
        }
        Throwable error = outcome.error() == null ? null : causeOf(outcome.error());
        Collection<?> results = outcome.results();
        boolean repeatable = call.attempts() < settings.retry().attempts();
        if (error != null) {
            if (!repeatable || !settings.retry().retried().test(error)) {
                throw new AsyncCallException(describe(call) + " failed" + ordinal(call) + ": " + error, error);
            }
            repeat(call);
        } else if (results == null) {
            throw new AsyncCallException(
                    describe(call) + " was answered with null. Complete with a collection, an empty one for no result.",
                    null);
        } else if (repeatable && isUnwanted(results)) {
            repeat(call);
        } else {
            finish(call, results);
        }
    }

    @SuppressWarnings("unchecked")
    private boolean isUnwanted(Collection<?> results) {
        return settings.unwanted() != null && settings.unwanted().test((Collection<Object>) results);
    }

    private void repeat(AsyncCall call) {
        call.pause();
        context.schedule(settings.retry().pauseAfter(call.attempts()), () -> {
            toRepeat.add(call);
            context.goOnLater();
        });
    }

    private void timeOut(AsyncCall call) throws Exception {
        Collection<?> results;
        try {
            results = function.timeout(call.record());
        } catch (Exception e) {
            throw new AsyncCallException(
                    describe(call) + " was not answered within " + settings.timeout() + " ("
                            + (call.attempts() == 1 ? "1 call" : call.attempts() + " calls")
                            + "). Give it more time with timeout(..), or override AsyncFunction.timeout(..) to go on"
                            + " without an answer.",
                    e);
        }
        if (results == null) {
            throw new AsyncCallException(
                    describe(call) + " became null by timeout(..). Return a collection, an empty one for no result.",
                    null);
        }
        finish(call, results);
    }

    private void finish(AsyncCall call, Collection<?> results) throws Exception {
        deadlines.remove(call);
        call.finish(results);
        inFlight.done(call);
    }

    // --- going on

    /** False when the output is full. */
    private boolean emit() throws Exception {
        while (true) {
            long watermark = inFlight.takeWatermark();
            if (watermark > Timestamps.NONE) {
                passed = watermark;
                output.emitWatermark(watermark);
            }
            AsyncCall next = inFlight.next();
            if (next == null) {
                return true;
            }
            if (output.isFull()) {
                return false;
            }
            for (Object result : next.results()) {
                if (result == null) {
                    throw new AsyncCallException(
                            describe(next) + " was answered with a null among its results. A record is never null:"
                                    + " leave it out.",
                            null);
                }
                output.emit(result, next.timestamp());
            }
            inFlight.removeNext(next);
            asked--;
            fillUp();
        }
    }

    private void pauseOrResume() {
        boolean full = inFlight.records() >= settings.capacity();
        if (full == paused) {
            return;
        }
        paused = full;
        if (full) {
            context.pauseInput();
        } else {
            context.resumeInput();
        }
    }

    // --- the snapshot

    public OperatorSnapshot snapshot() {
        return part.of(this);
    }

    /** Takes back what a snapshot holds, if there is one; before {@link #start}. */
    public void restore() throws Exception {
        part.restore(context, this);
    }

    Iterable<Stretch> stretches() {
        return inFlight.stretches();
    }

    void restoreRecord(Object record, long timestamp) throws Exception {
        waiting.add(inFlight.add(record, timestamp));
    }

    /** Nobody waits for outcomes any more. */
    public void close() {
        outcomes.close();
    }

    // --- words

    private static Throwable causeOf(Throwable error) {
        Throwable cause = error;
        while (cause.getCause() != null
                && (cause instanceof CompletionException || cause instanceof ExecutionException)) {
            cause = cause.getCause();
        }
        return cause;
    }

    private String ordinal(AsyncCall call) {
        return settings.retry().attempts() == 1
                ? ""
                : " in attempt " + call.attempts() + " of " + settings.retry().attempts();
    }

    private String describe(AsyncCall call) {
        return "The call of '" + context.operatorName() + "' (" + context.operatorId() + ", subtask "
                + context.subtaskIndex() + ") about the record " + RecordText.of(call.record());
    }
}
