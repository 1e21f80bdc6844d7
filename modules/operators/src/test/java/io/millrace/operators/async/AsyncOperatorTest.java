// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.async;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.function.AsyncFunction;
import io.millrace.api.function.AsyncRetry;
import io.millrace.api.function.RuntimeContext;
import io.millrace.api.graph.AsyncSettings;
import io.millrace.api.graph.AsyncSettings.Order;
import io.millrace.api.graph.OperatorSpec;
import io.millrace.api.state.ValueState;
import io.millrace.api.state.ValueStateDescriptor;
import io.millrace.api.time.Timestamps;
import io.millrace.api.types.TypeHint;
import io.millrace.operators.assembly.Operators;
import io.millrace.operators.harness.Emitted;
import io.millrace.operators.harness.EmittedWatermark;
import io.millrace.operators.harness.OperatorHarness;
import io.millrace.operators.harness.OperatorSnapshotCopy;
import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class AsyncOperatorTest {
    private static final AsyncSettings ORDERED =
            AsyncSettings.DEFAULT.withCapacity(3).withTimeout(Duration.ofSeconds(10));
    private static final AsyncSettings UNORDERED = ORDERED.withOrder(Order.UNORDERED);
    private static final AsyncSettings RETRYING =
            ORDERED.withRetry(AsyncRetry.exponential(Duration.ofMillis(100), Duration.ofMillis(300), 2, 5), null);

    private final Asked asked = Asked.texts();

    private static OperatorHarness harness(AsyncFunction<?, ?> function, AsyncSettings settings) throws Exception {
        return harness(function, settings, null, null);
    }

    private static OperatorHarness harness(
            AsyncFunction<?, ?> function, AsyncSettings settings, TypeHint<?> type, OperatorSnapshotCopy restored)
            throws Exception {
        return OperatorHarness.unkeyed(
                Operators.create(
                        new OperatorSpec.AsyncSpec(function, settings, null, type), OperatorHarness.SPECIALISER),
                restored);
    }

    private static void pass(OperatorHarness harness, Duration time) throws Exception {
        harness.passTime(time);
        harness.handleExecuted();
    }

    // --- order and watermarks

    @Test
    void anAnswerThatComesFirstWaitsForTheRecordBeforeIt() throws Exception {
        OperatorHarness harness = harness(asked, ORDERED);
        harness.process(1, 10);
        harness.process(2, 20);
        asked.answerAbout(2);
        harness.handleExecuted();
        assertThat(harness.emitted()).isEmpty();
        asked.answerAbout(1);
        harness.handleExecuted();
        assertThat(harness.emitted()).containsExactly(new Emitted("r1", 10), new Emitted("r2", 20));
    }

    @Test
    void unorderedAnswersPassEachOtherButNoWatermark() throws Exception {
        OperatorHarness harness = harness(asked, UNORDERED);
        harness.process(1, 10);
        harness.process(2, 20);
        assertThat(harness.passWatermark(15)).isEqualTo(Timestamps.NONE);
        harness.process(3, 30);
        asked.answerAbout(3);
        asked.answerAbout(2);
        harness.handleExecuted();
        assertThat(harness.emitted()).containsExactly(new Emitted("r2", 20));
        asked.answerAbout(1);
        harness.handleExecuted();
        assertThat(harness.emitted())
                .containsExactly(
                        new Emitted("r2", 20), new Emitted("r1", 10), new EmittedWatermark(15), new Emitted("r3", 30));
    }

    @Test
    void aWatermarkPassesAtOnceWhereNothingIsInFlight() throws Exception {
        OperatorHarness harness = harness(asked, ORDERED);
        assertThat(harness.passWatermark(5)).isEqualTo(5);
        harness.process(1, 10);
        assertThat(harness.passWatermark(7)).isEqualTo(5);
        assertThat(harness.passWatermark(8)).isEqualTo(5);
        asked.answer(0);
        harness.handleExecuted();
        assertThat(harness.watermarks()).containsExactly(8L);
        assertThat(harness.operator().outputWatermark(8)).isEqualTo(8);
    }

    @Test
    void ordersTheRecordsOfAKeyAndNoOthers() throws Exception {
        OperatorHarness harness = OperatorHarness.unkeyed(Operators.create(
                new OperatorSpec.AsyncSpec(
                        asked,
                        ORDERED.withOrder(Order.ORDERED_BY_KEY).withCapacity(9),
                        (Integer record) -> record % 2,
                        null),
                OperatorHarness.SPECIALISER));
        for (int record = 1; record <= 4; record++) {
            harness.process(record, 0);
        }
        asked.answerAbout(3);
        asked.answerAbout(2);
        harness.handleExecuted();
        assertThat(harness.records()).containsExactly("r2");
        asked.answerAbout(1);
        harness.handleExecuted();
        assertThat(harness.records()).containsExactly("r2", "r1", "r3");
    }

    @Test
    void theEndOfInputWaitsForAllThatIsInFlight() throws Exception {
        OperatorHarness harness = harness(asked, UNORDERED);
        harness.process(1, 10);
        harness.passWatermark(Timestamps.END);
        assertThat(harness.operator().endInput()).isFalse();
        asked.answer(0);
        assertThat(harness.operator().endInput()).isFalse();
        harness.handleExecuted();
        assertThat(harness.emitted()).containsExactly(new Emitted("r1", 10), new EmittedWatermark(Timestamps.END));
        assertThat(harness.operator().endInput()).isTrue();
    }

    @Test
    void answersThatAreThereAtOnceGoOnAtOnce() throws Exception {
        OperatorHarness harness = harness(new Asked(record -> List.of("a", "b"), record -> true), ORDERED);
        for (int record = 0; record < 10; record++) {
            harness.process(record, record);
        }
        assertThat(harness.records()).hasSize(20);
        assertThat(harness.pauses()).isZero();
        assertThat(harness.passWatermark(3)).isEqualTo(3);
    }

    @Test
    void aRecordMayBecomeNothing() throws Exception {
        Asked silent = new Asked(record -> List.of(), record -> false);
        OperatorHarness harness = harness(silent, ORDERED);
        harness.process(1, 10);
        harness.passWatermark(7);
        silent.answer(0);
        harness.handleExecuted();
        assertThat(harness.emitted()).containsExactly(new EmittedWatermark(7));
    }

    // --- capacity and full outputs

    @Test
    void pausesTheInputAtItsCapacityAndAsksAboutNoMore() throws Exception {
        OperatorHarness harness = harness(asked, UNORDERED);
        for (int record = 1; record <= 3; record++) {
            assertThat(harness.pauses()).isZero();
            harness.process(record, 0);
        }
        assertThat(harness.pauses()).isEqualTo(1);
        // What else becomes of the record that the chain handles.
        harness.process(4, 0);
        harness.process(5, 0);
        assertThat(asked.all).containsExactly(1, 2, 3);
        asked.answerAbout(2);
        harness.handleExecuted();
        assertThat(asked.all).containsExactly(1, 2, 3, 4);
        assertThat(harness.pauses()).isEqualTo(1);
        asked.answerAbout(1);
        asked.answerAbout(4);
        harness.handleExecuted();
        assertThat(asked.open).extracting(Asked.Call::record).containsExactly(3, 5);
        assertThat(harness.pauses()).isZero();
    }

    @Test
    void answersThatCannotGoOnTakeUpCapacity() throws Exception {
        OperatorHarness harness = harness(asked, ORDERED);
        for (int record = 1; record <= 3; record++) {
            harness.process(record, 0);
        }
        harness.setRoom(0);
        while (!asked.open.isEmpty()) {
            asked.answer(0);
        }
        assertThat(harness.handleExecuted()).isFalse();
        assertThat(harness.emitted()).isEmpty();
        assertThat(harness.pauses()).isEqualTo(1);
        harness.setRoom(1);
        assertThat(harness.handleExecuted()).isFalse();
        assertThat(harness.records()).containsExactly("r1");
        assertThat(harness.pauses()).isZero();
        harness.setRoom(2);
        assertThat(harness.handleExecuted()).isTrue();
        assertThat(harness.records()).containsExactly("r1", "r2", "r3");
    }

    @Test
    void theResultsOfARecordAreNotTornApart() throws Exception {
        OperatorHarness harness = harness(new Asked(record -> List.of("a", "b", "c"), record -> true), ORDERED);
        harness.setRoom(1);
        harness.process(1, 0);
        harness.process(2, 0);
        assertThat(harness.records()).containsExactly("a", "b", "c");
    }

    // --- failures and attempts

    @Test
    void aFailedCallFailsTheJob() throws Exception {
        OperatorHarness harness = harness(asked, ORDERED);
        harness.process(1, 10);
        asked.fail(0, new CompletionException(new ConnectException("refused")));
        assertThatThrownBy(harness::handleExecuted)
                .hasMessageContaining("'under test' (operator-id, subtask 0)")
                .hasMessageContaining("the record 1 ")
                .hasMessageContaining("ConnectException: refused")
                .hasCauseInstanceOf(ConnectException.class);
    }

    @Test
    void aCallThatThrowsIsAFailedCall() throws Exception {
        AsyncFunction<Integer, String> throwing = record -> {
            throw new IOException("no client");
        };
        OperatorHarness harness = harness(throwing, ORDERED);
        harness.process(1, 10);
        assertThatThrownBy(harness::handleExecuted)
                .hasMessageContaining("record 1 ")
                .hasMessageContaining("no client");
    }

    @Test
    void asksAgainAfterGrowingPausesAndNoLongerThanAllowed() throws Exception {
        OperatorHarness harness = harness(asked, RETRYING);
        harness.process(1, 10);
        for (int pause : new int[] {100, 200, 300, 300}) {
            asked.fail(0, new IOException("again"));
            harness.handleExecuted();
            pass(harness, Duration.ofMillis(pause - 1));
            assertThat(asked.open).isEmpty();
            pass(harness, Duration.ofMillis(1));
            assertThat(asked.open).hasSize(1);
        }
        asked.fail(0, new IOException("for good"));
        assertThatThrownBy(harness::handleExecuted)
                .hasMessageContaining("in attempt 5 of 5")
                .hasMessageContaining("for good");
    }

    @Test
    void asksAgainAfterTheFailuresThatAreWorthIt() throws Exception {
        AsyncRetry retry = AsyncRetry.fixed(Duration.ZERO, 3).onException(ConnectException.class::isInstance);
        OperatorHarness harness = harness(asked, ORDERED.withRetry(retry, null));
        harness.process(1, 10);
        asked.fail(0, new CompletionException(new ConnectException("refused")));
        harness.handleExecuted();
        pass(harness, Duration.ofMillis(1));
        asked.fail(0, new IllegalArgumentException("not found"));
        assertThatThrownBy(harness::handleExecuted)
                .hasMessageContaining("in attempt 2 of 3")
                .hasMessageContaining("not found");
    }

    @Test
    void asksAgainAfterUnwantedAnswersAndTakesTheLastAsItIs() throws Exception {
        Asked silent = new Asked(record -> List.of(), record -> false);
        AsyncSettings settings = ORDERED.withRetry(AsyncRetry.fixed(Duration.ofMillis(10), 3), Collection::isEmpty);
        OperatorHarness harness = harness(silent, settings);
        harness.process(1, 10);
        harness.passWatermark(5);
        for (int call = 1; call <= 3; call++) {
            assertThat(harness.emitted()).isEmpty();
            assertThat(silent.all).hasSize(call);
            silent.answer(0);
            harness.handleExecuted();
            pass(harness, Duration.ofMillis(10));
        }
        assertThat(harness.watermarks()).containsExactly(5L);
        assertThat(silent.all).hasSize(3);
    }

    @Test
    void aRecordThatWaitsForItsNextAttemptIsInFlight() throws Exception {
        OperatorHarness harness = harness(asked, RETRYING.withCapacity(1).withOrder(Order.UNORDERED));
        harness.process(1, 10);
        asked.fail(0, new IOException("again"));
        harness.handleExecuted();
        harness.process(2, 10);
        assertThat(harness.pauses()).isEqualTo(1);
        assertThat(asked.all).containsExactly(1);
    }

    @Test
    void nullInPlaceOfAStageIsAnError() throws Exception {
        AsyncFunction<Integer, String> wrong = record -> null;
        OperatorHarness harness = harness(wrong, ORDERED);
        harness.process(1, 10);
        assertThatThrownBy(harness::handleExecuted)
                .hasMessageContaining("record 1 ")
                .hasMessageContaining("null in place of a CompletionStage");
    }

    @Test
    void nullInPlaceOfResultsIsAnError() throws Exception {
        Asked wrong = new Asked(record -> null, record -> false);
        OperatorHarness harness = harness(wrong, ORDERED);
        harness.process(1, 10);
        wrong.answer(0);
        assertThatThrownBy(harness::handleExecuted)
                .hasMessageContaining("record 1 ")
                .hasMessageContaining("an empty one for no result");
    }

    @Test
    void aNullAmongTheResultsIsAnError() throws Exception {
        Asked wrong = new Asked(record -> Arrays.asList("a", null), record -> false);
        OperatorHarness harness = harness(wrong, ORDERED);
        harness.process(1, 10);
        wrong.answer(0);
        assertThatThrownBy(harness::handleExecuted).hasMessageContaining("a null among its results");
    }

    // --- timeouts

    @Test
    void anAnswerThatDoesNotComeInTimeFailsTheJob() throws Exception {
        OperatorHarness harness = harness(asked, RETRYING);
        harness.process(1, 10);
        asked.fail(0, new IOException("again"));
        harness.handleExecuted();
        pass(harness, Duration.ofMillis(9_999));
        harness.passTime(Duration.ofMillis(1));
        assertThatThrownBy(harness::handleExecuted)
                .hasMessageContaining("'under test'")
                .hasMessageContaining("the record 1 was not answered within PT10S (2 calls)")
                .hasCauseInstanceOf(TimeoutException.class);
    }

    @Test
    void aFunctionMayGoOnWithoutAnAnswerAndALateOneIsIgnored() throws Exception {
        List<CompletableFuture<List<String>>> open = new ArrayList<>();
        OperatorHarness harness = harness(patient(open), ORDERED);
        harness.process(1, 10);
        harness.passTime(Duration.ofSeconds(4));
        harness.process(2, 20);
        pass(harness, Duration.ofSeconds(6));
        assertThat(harness.emitted()).containsExactly(new Emitted("none for 1", 10));
        open.get(0).complete(List.of("late"));
        open.get(1).complete(List.of("in time"));
        harness.handleExecuted();
        pass(harness, Duration.ofSeconds(60));
        assertThat(harness.records()).containsExactly("none for 1", "in time");
    }

    private static AsyncFunction<Integer, String> patient(List<CompletableFuture<List<String>>> open) {
        return new AsyncFunction<>() {
            @Override
            public CompletionStage<List<String>> asyncInvoke(Integer record) {
                CompletableFuture<List<String>> answer = new CompletableFuture<>();
                open.add(answer);
                return answer;
            }

            @Override
            public List<String> timeout(Integer record) {
                return List.of("none for " + record);
            }
        };
    }

    @Test
    void anAttemptThatIsOverdueDoesNotFollow() throws Exception {
        List<CompletableFuture<List<String>>> open = new ArrayList<>();
        AsyncRetry slow = AsyncRetry.fixed(Duration.ofSeconds(11), 2);
        OperatorHarness harness = harness(patient(open), ORDERED.withRetry(slow, null));
        harness.process(1, 10);
        open.get(0).completeExceptionally(new IOException("again"));
        harness.handleExecuted();
        pass(harness, Duration.ofSeconds(60));
        assertThat(harness.records()).containsExactly("none for 1");
        assertThat(open).hasSize(1);
    }

    @Test
    void timeoutsOfEveryLengthAreOneTimerAtATime() throws Exception {
        OperatorHarness harness =
                harness(asked, ORDERED.withCapacity(1_000).withTimeout(Duration.ofSeconds(Long.MAX_VALUE)));
        for (int record = 0; record < 500; record++) {
            harness.process(record, 0);
        }
        assertThat(harness.delays()).containsExactly(Duration.ofHours(1));
    }

    // --- snapshots

    @Test
    void whatIsInFlightIsAskedAboutAgainAfterARestore() throws Exception {
        OperatorHarness before = harness(asked, ORDERED, TypeHint.of(Integer.class), null);
        before.passWatermark(1);
        before.process(1, 10);
        before.process(2, 20);
        before.passWatermark(15);
        before.process(3, 30);
        before.process(4, 40);
        asked.answerAbout(1);
        before.handleExecuted();
        asked.answerAbout(2);
        OperatorSnapshotCopy snapshot = before.snapshot(1);

        Asked again = Asked.texts();
        OperatorHarness after = harness(again, ORDERED.withCapacity(2), TypeHint.of(Integer.class), snapshot);
        assertThat(after.operator().outputWatermark(15)).isEqualTo(1);
        assertThat(again.all).containsExactly(2, 3);
        assertThat(after.pauses()).isEqualTo(1);
        again.answerAbout(3);
        again.answerAbout(2);
        after.handleExecuted();
        again.answerAbout(4);
        after.handleExecuted();
        assertThat(after.emitted())
                .containsExactly(
                        new Emitted("r2", 20), new EmittedWatermark(15), new Emitted("r3", 30), new Emitted("r4", 40));
        assertThat(after.pauses()).isZero();
    }

    @Test
    void aSnapshotOfAnotherTypeIsRefused() throws Exception {
        OperatorHarness before = harness(asked, ORDERED, TypeHint.of(Integer.class), null);
        before.process(1, 10);
        OperatorSnapshotCopy snapshot = before.snapshot(4);
        assertThatThrownBy(() -> harness(asked, ORDERED, TypeHint.of(Long.class), snapshot))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("'in-flight' of operator 'under test'")
                .hasMessageContaining("checkpoint 4")
                .hasMessageContaining("restore the type");
        assertThatThrownBy(() -> harness(asked, ORDERED, null, snapshot.with("in-flight", new byte[] {1, 0})))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("cannot be read");
    }

    // --- life

    @Test
    void opensAndClosesTheFunction() throws Exception {
        List<String> calls = new ArrayList<>();
        AsyncFunction<Integer, String> watched = new AsyncFunction<>() {
            @Override
            public void open(RuntimeContext context) {
                calls.add("open " + context.operatorName());
            }

            @Override
            public CompletionStage<List<String>> asyncInvoke(Integer record) {
                return CompletableFuture.completedFuture(List.of());
            }

            @Override
            public void close() {
                calls.add("close");
            }
        };
        OperatorHarness harness = harness(watched, ORDERED);
        harness.operator().close();
        assertThat(calls).containsExactly("open under test", "close");
    }

    @Test
    void anAnswerAfterTheEndIsNobodysBusiness() throws Exception {
        OperatorHarness harness = harness(asked, ORDERED);
        harness.process(1, 10);
        harness.handleExecuted();
        harness.operator().close();
        asked.answer(0);
        assertThat(harness.waitingActions()).isZero();
    }

    // --- keys

    /** Numbers the calls about each key, in state of the key. */
    private static final class Counting implements AsyncFunction<Integer, String> {
        private ValueState<Long> calls;

        @Override
        public void open(RuntimeContext context) {
            calls = context.getState(new ValueStateDescriptor<>("calls", Long.class));
        }

        @Override
        public CompletionStage<Collection<String>> asyncInvoke(Integer record) {
            Long before = calls.value();
            calls.update(before == null ? 1 : before + 1);
            return new CompletableFuture<>();
        }
    }

    /** Attempts, timeouts and calls about restored records come when another key is current, or none. */
    @Test
    void stateOfAKeyIsRefused() {
        assertThatThrownBy(() -> OperatorHarness.keyed(Operators.create(
                        new OperatorSpec.AsyncSpec(new Counting(), RETRYING, null, null), OperatorHarness.SPECIALISER)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("'calls'")
                .hasMessageContaining("asynchronous")
                .hasMessageContaining("KeyedProcessFunction");
    }
}
