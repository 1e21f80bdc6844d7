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

/** Counting in windows of event time: a thousand keys, ten events a key and window. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class WindowBenchmark {
    static final int BATCH = 1024;
    static final int BATCHES = 64;
    static final int RECORDS = BATCH * BATCHES;
    static final int KEYS = 1000;

    /** Batches of the next stretch of time, made outside of what is measured. */
    @State(Scope.Thread)
    public static class Input {
        final RecordBatch[] batches = new RecordBatch[BATCHES];
        final Event[] events = Event.make(BATCH, KEYS);
        /** The first event's; each further one is a millisecond later. */
        long firstTime = -RECORDS;

        @Setup(Level.Invocation)
        public void makeBatches() {
            firstTime += RECORDS;
            for (int i = 0; i < BATCHES; i++) {
                batches[i] = SubtaskHost.keyedBatch(events, firstTime + (long) i * BATCH);
            }
        }
    }

    /** The plain loop's window. */
    @State(Scope.Thread)
    public static class Plain {
        final WindowJob.Plain window = new WindowJob.Plain();
    }

    /** The engine's subtask. */
    @State(Scope.Thread)
    public static class Hosted {
        final SubtaskHost host = new SubtaskHost(WindowJob.class, SubtaskHost.Chains.SPECIALISED, "windows");

        @TearDown
        public void close() {
            host.close();
        }
    }

    @Benchmark
    @Calibration
    @OperationsPerInvocation(RECORDS)
    public long loop(Input input, Plain plain) {
        for (int i = 0; i < RECORDS; i++) {
            plain.window.add(input.events[i % BATCH], input.firstTime + i);
        }
        return plain.window.sum();
    }

    @Benchmark
    @OperationsPerInvocation(RECORDS)
    public long memory(Input input, Hosted hosted) {
        for (RecordBatch batch : input.batches) {
            hosted.host.process(batch);
        }
        return CountingSink.sum("windows");
    }
}
