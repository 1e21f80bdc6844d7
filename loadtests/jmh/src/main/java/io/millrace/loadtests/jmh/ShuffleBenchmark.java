// SPDX-License-Identifier: Apache-2.0
package io.millrace.loadtests.jmh;

import com.typesafe.config.ConfigFactory;
import java.util.Map;
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

/** A record by its key from one of two sources to one of two keyed subtasks; the time in which one of them all arrives. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ShuffleBenchmark {
    static final int RECORDS = 200_000;

    /** The plain loop, in one thread. */
    @State(Scope.Thread)
    public static class Plain {
        final PlainHandover handover = new PlainHandover(2);
    }

    /** The engine's job. */
    @State(Scope.Thread)
    public static class Job {
        RunningJob job;

        @Setup
        public void start() throws Exception {
            job = RunningJob.start(
                    ShuffleJob.class, 2, ConfigFactory.parseMap(Map.of("checkpointing.interval", "0 s")));
        }

        @Setup(Level.Iteration)
        public void begin() {
            job.begin();
        }

        @TearDown
        public void stop() {
            job.close();
        }
    }

    @Benchmark
    @Calibration
    @OperationsPerInvocation(RECORDS)
    public long loop(Plain plain) {
        return plain.handover.run(RECORDS);
    }

    @Benchmark
    @OperationsPerInvocation(RECORDS)
    public void job(Job job) {
        job.job.await(RECORDS);
    }
}
