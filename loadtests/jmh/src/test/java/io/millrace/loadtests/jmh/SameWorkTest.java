// SPDX-License-Identifier: Apache-2.0
package io.millrace.loadtests.jmh;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is compared does the same. */
class SameWorkTest {
    @ParameterizedTest
    @EnumSource
    void aChainAddsUpWhatThePlainLoopDoes(SubtaskHost.Chains chains) throws Exception {
        Event[] events = Event.make(1024, 1000);
        String label = "test " + chains;
        SubtaskHost host = new SubtaskHost(ChainJob.class, chains, label);
        host.process(SubtaskHost.batch(events, 0));
        host.process(SubtaskHost.batch(events, 0));
        host.close();
        assertThat(CountingSink.sum(label)).isEqualTo(2 * plainSum(events));
    }

    @Test
    void thePlainLoopOfTheChainKeepsSomeEventsAndDropsOthers() throws Exception {
        Event kept = new Event(3, 50, 1);
        // (50 * 3 + 1) ^ (3 + 1)
        assertThat(plainSum(new Event[] {kept})).isEqualTo(147);
        assertThat(plainSum(new Event[] {new Event(3, 50, 7)})).isZero();
        assertThat(plainSum(new Event[] {kept, new Event(1, 1, 0)})).isEqualTo(147);
    }

    @ParameterizedTest
    @EnumSource
    void windowsCountWhatThePlainLoopDoes(SubtaskHost.Chains chains) throws Exception {
        Event[] events = Event.make(1024, 50);
        String label = "windows " + chains;
        SubtaskHost host = new SubtaskHost(WindowJob.class, chains, label);
        WindowJob.Plain plain = new WindowJob.Plain();
        for (long time = 0; time < 4 * WindowJob.WINDOW_MS; time += events.length) {
            host.process(SubtaskHost.keyedBatch(events, time));
            for (int i = 0; i < events.length; i++) {
                plain.add(events[i], time + i);
            }
        }
        host.close();
        assertThat(CountingSink.sum(label)).isEqualTo(plain.sum()).isEqualTo(4 * WindowJob.WINDOW_MS);
    }

    @ParameterizedTest
    @EnumSource
    void windowsOfAllKindsCountEachEventAsOftenAsItHasWindows(SlideJob.Kind kind) {
        Event[] events = Event.make(1000, 50);
        String label = "slides " + kind;
        SubtaskHost host = new SubtaskHost(SlideJob.class, SubtaskHost.Chains.ORDINARY, label, kind.name());
        // A minute, and another one so that all of its windows have ended.
        for (int i = 0; i < 120; i++) {
            host.process(SubtaskHost.keyedBatch(events, 0, events.length, 1000L * i, 1));
        }
        host.close();
        long sum = CountingSink.sum(label);
        switch (kind) {
            case TUMBLING -> assertThat(sum).isEqualTo(60_000);
            // Of the first 118 windows that ended, those that began before the epoch are not full.
            case SLIDING -> assertThat(sum).isEqualTo(1000L * (60 * 61 / 2 + 60 * 59));
            case CUMULATIVE -> assertThat(sum).isEqualTo(1000L * (60 * 61 / 2 + 59 * 60 / 2));
            default -> assertThat(sum).isBetween(100_000L, 120_000L);
        }
    }

    @ParameterizedTest
    @EnumSource
    void theOtherJobsRun(SubtaskHost.Chains chains) throws Exception {
        long before = CountingSink.published("other");
        OtherJobs.run(1, chains);
        assertThat(CountingSink.published("other")).isGreaterThan(before);
    }

    @Test
    void stateCountsWhatAMapDoes() {
        KeyedStateHost state = new KeyedStateHost();
        StateBenchmark.Plain plain = new StateBenchmark.Plain();
        Map<Long, Long> counts = new HashMap<>();
        for (Event event : Event.make(2000, 100)) {
            Long key = event.key();
            long expected = counts.merge(key, 1L, Long::sum);
            assertThat(state.increment(key, state.hashOf(key))).isEqualTo(expected);
            assertThat(plain.increment(key)).isEqualTo(expected);
        }
        assertThat(state.size()).isEqualTo(counts.size());
        state.close();
    }

    @Test
    void handingOverLosesNothing() {
        long sum = 0;
        for (Event event : Event.make(4096, 1000)) {
            sum += event.amount();
        }
        assertThat(new PlainHandover(1).run(4096)).isEqualTo(sum);
    }

    private static long plainSum(Event[] events) throws Exception {
        String label = "plain " + System.identityHashCode(events);
        ChainJob.plainLoop(events, CountingSink.writerOf(label));
        return CountingSink.sum(label);
    }
}
