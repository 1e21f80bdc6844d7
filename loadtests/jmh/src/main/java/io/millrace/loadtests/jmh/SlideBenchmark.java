// SPDX-License-Identifier: Apache-2.0
package io.millrace.loadtests.jmh;

import io.millrace.runtime.protocol.RecordBatch;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Counting in windows of 60 s that do not overlap, beside such that do by all but a second, such that accumulate by the
 * second, and sessions: the same events for all, a thousand keys with a hundred events a second each.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class SlideBenchmark {
    static final int BATCH = 1024;
    static final int BATCHES = 64;
    static final int RECORDS = BATCH * BATCHES;
    static final int KEYS = 1000;
    static final int EVENTS_PER_MS = 100;

    /** Batches of the next stretch of time, made outside of what is measured. */
    @State(Scope.Thread)
    public static class Input {
        final RecordBatch[] batches = new RecordBatch[BATCHES];
        final Event[] events = Event.make(RECORDS, KEYS);
        private long made;

        @Setup(Level.Invocation)
        public void makeBatches() {
            for (int i = 0; i < BATCHES; i++) {
                batches[i] = SubtaskHost.keyedBatch(events, i * BATCH, BATCH, made, EVENTS_PER_MS);
                made += BATCH;
            }
        }
    }

    /** The engine's subtask. */
    @State(Scope.Thread)
    public static class Hosted {
        private SubtaskHost host;

        void process(SlideJob.Kind kind, Input input) {
            if (host == null) {
                host = new SubtaskHost(SlideJob.class, SubtaskHost.Chains.SPECIALISED, "slide", kind.name());
            }
            for (RecordBatch batch : input.batches) {
                host.process(batch);
            }
        }

        @TearDown
        public void close() {
            host.close();
        }
    }

    @Benchmark
    @Calibration
    @OperationsPerInvocation(RECORDS)
    public long tumbling(Input input, Hosted hosted) {
        hosted.process(SlideJob.Kind.TUMBLING, input);
        return CountingSink.sum("slide");
    }

    @Benchmark
    @OperationsPerInvocation(RECORDS)
    public long sliding(Input input, Hosted hosted) {
        hosted.process(SlideJob.Kind.SLIDING, input);
        return CountingSink.sum("slide");
    }

    @Benchmark
    @OperationsPerInvocation(RECORDS)
    public long cumulative(Input input, Hosted hosted) {
        hosted.process(SlideJob.Kind.CUMULATIVE, input);
        return CountingSink.sum("slide");
    }

    @Benchmark
    @OperationsPerInvocation(RECORDS)
    public long sessions(Input input, Hosted hosted) {
        hosted.process(SlideJob.Kind.SESSIONS, input);
        return CountingSink.sum("slide");
    }
}
