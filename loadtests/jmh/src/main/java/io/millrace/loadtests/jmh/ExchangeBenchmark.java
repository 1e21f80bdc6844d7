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
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A record from one subtask to another, source and sink included, by the size of batches. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ExchangeBenchmark {
    static final int RECORDS = 200_000;

    /** The plain loop, in one thread. */
    @State(Scope.Thread)
    public static class Plain {
        final PlainHandover handover = new PlainHandover(1);
    }

    /** A queue between two threads. */
    @State(Scope.Thread)
    public static class Queue {
        QueueHandover handover;

        @Setup
        public void start() {
            handover = new QueueHandover();
        }

        @TearDown
        public void stop() throws InterruptedException {
            handover.close();
        }
    }

    /** The engine's job. */
    @State(Scope.Thread)
    public static class Job {
        @Param({"1", "16", "128", "512", "1024"})
        int batchSize;

        RunningJob job;

        @Setup
        public void start() throws Exception {
            job = RunningJob.start(
                    ExchangeJob.class,
                    1,
                    ConfigFactory.parseMap(Map.of("channel.batch-size", batchSize, "checkpointing.interval", "0 s")));
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
    public long queue(Queue queue) {
        return queue.handover.take(RECORDS);
    }

    @Benchmark
    @OperationsPerInvocation(RECORDS)
    public void job(Job job) {
        job.job.await(RECORDS);
    }
}
