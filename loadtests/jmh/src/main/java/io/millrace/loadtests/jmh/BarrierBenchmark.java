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

/** What a checkpoint every 100 ms adds to the exchange: its calibration is the same job without any. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class BarrierBenchmark {
    static final int RECORDS = 200_000;

    /** The engine's job. */
    public abstract static class Exchange {
        private final String interval;
        RunningJob job;

        Exchange(String interval) {
            this.interval = interval;
        }

        @Setup
        public void start() throws Exception {
            job = RunningJob.start(
                    ExchangeJob.class, 1, ConfigFactory.parseMap(Map.of("checkpointing.interval", interval)));
        }

        @Setup(Level.Iteration)
        public void begin() {
            job.begin();
        }

        /** Called at the end: did what was measured happen? */
        void check() {}

        @TearDown
        public void stop() {
            try {
                check();
            } finally {
                job.close();
            }
        }
    }

    /** Without checkpoints. */
    @State(Scope.Thread)
    public static class Without extends Exchange {
        public Without() {
            super("0 s");
        }
    }

    /** With checkpoints. */
    @State(Scope.Thread)
    public static class With extends Exchange {
        public With() {
            super("100 ms");
        }

        @Override
        void check() {
            if (job.completedCheckpoints() == 0) {
                throw new IllegalStateException("No checkpoint was completed while their cost was measured.");
            }
        }
    }

    @Benchmark
    @Calibration
    @OperationsPerInvocation(RECORDS)
    public void without(Without without) {
        without.job.await(RECORDS);
    }

    @Benchmark
    @OperationsPerInvocation(RECORDS)
    public void every100Ms(With with) {
        with.job.await(RECORDS);
    }
}
