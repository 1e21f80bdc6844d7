// SPDX-License-Identifier: Apache-2.0
package io.millrace.loadtests.jmh;

import io.millrace.api.sink.SinkWriter;
import io.millrace.runtime.protocol.RecordBatch;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * A record through six chained operators and a sink: alone in its JVM, and after other jobs ran there, whose types the
 * engine's call sites then know too.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ChainBenchmark {
    static final int RECORDS = 1024;
    static final int KEYS = 1000;

    /** The plain loop. */
    @State(Scope.Thread)
    public static class Plain {
        @Param({"0", "4"})
        int otherJobs;

        Event[] events;
        SinkWriter<Event> writer;

        @Setup
        public void prepare() {
            OtherJobs.run(otherJobs, SubtaskHost.Chains.ORDINARY);
            events = Event.make(RECORDS, KEYS);
            writer = CountingSink.writerOf("loop");
        }

        long processOnce() throws Exception {
            ChainJob.plainLoop(events, writer);
            return CountingSink.sum("loop");
        }
    }

    /** A subtask that runs the chain. */
    public abstract static class Hosted {
        final SubtaskHost.Chains chains;
        SubtaskHost host;
        RecordBatch batch;

        Hosted(SubtaskHost.Chains chains) {
            this.chains = chains;
        }

        void prepareAfter(int otherJobs) {
            OtherJobs.run(otherJobs, chains);
            host = new SubtaskHost(ChainJob.class, chains, chains.name());
            batch = SubtaskHost.batch(Event.make(RECORDS, KEYS), 0);
        }

        /** The sum so far, so that the work has a result. */
        long processOnce() {
            host.process(batch);
            return CountingSink.sum(chains.name());
        }

        @TearDown
        public void close() {
            host.close();
        }
    }

    /** A chain of ordinary classes. */
    @State(Scope.Thread)
    public static class Ordinary extends Hosted {
        @Param({"0", "4"})
        int otherJobs;

        public Ordinary() {
            super(SubtaskHost.Chains.ORDINARY);
        }

        @Setup
        public void prepare() {
            prepareAfter(otherJobs);
        }
    }

    /** A chain of classes of its own. */
    @State(Scope.Thread)
    public static class Specialised extends Hosted {
        @Param({"0", "4"})
        int otherJobs;

        public Specialised() {
            super(SubtaskHost.Chains.SPECIALISED);
        }

        @Setup
        public void prepare() {
            prepareAfter(otherJobs);
        }
    }

    @Benchmark
    @Calibration
    @OperationsPerInvocation(RECORDS)
    public long loop(Plain plain) throws Exception {
        return plain.processOnce();
    }

    @Benchmark
    @OperationsPerInvocation(RECORDS)
    public long ordinary(Ordinary ordinary) {
        return ordinary.processOnce();
    }

    @Benchmark
    @OperationsPerInvocation(RECORDS)
    public long specialised(Specialised specialised) {
        return specialised.processOnce();
    }
}
