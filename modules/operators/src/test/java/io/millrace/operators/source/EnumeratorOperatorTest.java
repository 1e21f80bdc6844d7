// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.operators.harness.Emitted;
import io.millrace.operators.harness.OperatorHarness;
import io.millrace.operators.harness.OperatorSnapshotCopy;
import io.millrace.operators.source.ScriptedSource.NamedSplit;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EnumeratorOperatorTest {
    private ScriptedSource source = new ScriptedSource();
    private EnumeratorOperator<NamedSplit, String> operator;

    private OperatorHarness harness(int readers, OperatorSnapshotCopy restored) throws Exception {
        operator = new EnumeratorOperator<>(source, readers);
        return OperatorHarness.unkeyed(operator, restored);
    }

    @Test
    void assignmentsTravelAsRecords() throws Exception {
        OperatorHarness harness = harness(2, null);
        assertThat(source.calls).containsExactly("create", "start");
        assertThat(source.enumeratorContext.parallelism()).isEqualTo(2);
        source.enumeratorContext.assignSplit(new NamedSplit("a"), 1);
        source.enumeratorContext.signalNoMoreSplits(1);
        assertThat(harness.emitted())
                .containsExactly(
                        new Emitted(new SplitAssignment(1, new NamedSplit("a")), Long.MIN_VALUE),
                        new Emitted(new SplitAssignment(1, null), Long.MIN_VALUE));
    }

    @Test
    void isFinishedWhenEveryReaderWasTold() throws Exception {
        OperatorHarness harness = harness(2, null);
        source.enumeratorContext.signalNoMoreSplits(0);
        source.enumeratorContext.signalNoMoreSplits(0);
        assertThat(operator.isFinished()).isFalse();
        source.enumeratorContext.signalNoMoreSplits(1);
        assertThat(operator.isFinished()).isTrue();
        assertThat(harness.records()).containsExactly(new SplitAssignment(0, null), new SplitAssignment(1, null));
    }

    @Test
    void requestsOfReadersThatWereToldAreIgnored() throws Exception {
        harness(2, null);
        operator.handleSplitRequest(0);
        source.enumeratorContext.signalNoMoreSplits(0);
        operator.handleSplitRequest(0);
        operator.handleSplitRequest(1);
        assertThat(source.calls).containsExactly("create", "start", "request 0", "request 1");
    }

    @Test
    void whatComesBeforeTheStartWaitsForIt() throws Exception {
        operator = new EnumeratorOperator<>(source, 1);
        OperatorHarness harness = OperatorHarness.created(operator, false, null);
        harness.open();
        operator.handleSplitRequest(0);
        source.enumeratorContext.assignSplit(new NamedSplit("a"), 0);
        source.enumeratorContext.callAsync(() -> "x", (result, error) -> {});
        assertThat(harness.emitted()).isEmpty();
        assertThat(harness.waitingAsyncCalls()).isZero();
        operator.start();
        assertThat(source.calls).containsExactly("create", "start", "request 0");
        assertThat(harness.records()).containsExactly(new SplitAssignment(0, new NamedSplit("a")));
        assertThat(harness.waitingAsyncCalls()).isEqualTo(1);
    }

    @Test
    void aRestoredEnumeratorDoesNotTellReadersTwice() throws Exception {
        OperatorHarness before = harness(2, null);
        source.enumeratorContext.signalNoMoreSplits(1);
        OperatorSnapshotCopy snapshot = before.snapshot(9);
        source = new ScriptedSource();
        OperatorHarness after = harness(2, snapshot);
        assertThat(source.calls).containsExactly("restore state 9", "start");
        source.enumeratorContext.signalNoMoreSplits(1);
        assertThat(after.emitted()).isEmpty();
        source.enumeratorContext.signalNoMoreSplits(0);
        assertThat(after.records()).containsExactly(new SplitAssignment(0, null));
        assertThat(operator.isFinished()).isTrue();
    }

    @Test
    void otherReadersThanBeforeAreTold() throws Exception {
        OperatorHarness before = harness(2, null);
        source.enumeratorContext.signalNoMoreSplits(0);
        source.enumeratorContext.signalNoMoreSplits(1);
        OperatorHarness after = harness(3, before.snapshot(9));
        assertThat(operator.isFinished()).isFalse();
        source.enumeratorContext.signalNoMoreSplits(0);
        assertThat(after.records()).containsExactly(new SplitAssignment(0, null));
    }

    @Test
    void asynchronousCallsHandOverResultsAndErrors() throws Exception {
        OperatorHarness harness = harness(1, null);
        List<String> outcomes = new ArrayList<>();
        source.enumeratorContext.callAsync(() -> "found", (result, error) -> outcomes.add(result + " " + error));
        source.enumeratorContext.callAsync(
                () -> {
                    throw new IOException("away");
                },
                (result, error) -> outcomes.add(result + " " + error.getMessage()));
        assertThat(outcomes).isEmpty();
        harness.runAsyncCalls();
        assertThat(outcomes).containsExactly("found null", "null away");
    }

    @Test
    void periodicCallsGoOnUntilTheEnumeratorIsFinished() throws Exception {
        OperatorHarness harness = harness(1, null);
        List<Integer> found = new ArrayList<>();
        source.enumeratorContext.callAsyncPeriodically(
                found::size, (result, error) -> found.add(result), Duration.ofMillis(50), Duration.ofMillis(200));
        harness.passTime(Duration.ofMillis(49));
        assertThat(harness.waitingAsyncCalls()).isZero();
        harness.passTime(Duration.ofMillis(1));
        harness.runAsyncCalls();
        harness.passTime(Duration.ofMillis(199));
        assertThat(harness.waitingAsyncCalls()).isZero();
        harness.passTime(Duration.ofMillis(1));
        harness.runAsyncCalls();
        assertThat(found).containsExactly(0, 1);
        source.enumeratorContext.signalNoMoreSplits(0);
        harness.passTime(Duration.ofSeconds(10));
        assertThat(harness.waitingAsyncCalls()).isZero();
    }

    @Test
    void brokenContractsAreNamed() throws Exception {
        OperatorHarness harness = harness(2, null);
        assertThatThrownBy(() -> source.enumeratorContext.assignSplit(new NamedSplit("a"), 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no reader 2");
        source.enumeratorContext.signalNoMoreSplits(0);
        assertThatThrownBy(() -> source.enumeratorContext.assignSplit(new NamedSplit("a"), 0))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("'a'");
        assertThatThrownBy(() -> harness.process("record", 0)).isInstanceOf(IllegalStateException.class);
        operator.close();
        assertThat(source.calls).endsWith("close");
    }
}
