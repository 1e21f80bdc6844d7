// SPDX-License-Identifier: Apache-2.0
package io.millrace.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.StreamEnvironment;
import io.millrace.api.StreamJob;
import io.millrace.api.source.GeneratorSource;
import io.millrace.api.stream.DataStream;
import io.millrace.api.stream.Iteration;
import io.millrace.api.time.WatermarkStrategy;
import io.millrace.connector.files.FileSink;
import io.millrace.runtime.JobHandle;
import io.millrace.runtime.JobProgress;
import io.millrace.runtime.JobStatus;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Loops on real actors. */
class LoopJobsTest {
    private static final AtomicLong FAILURES_LEFT = new AtomicLong();
    private static final AtomicLong SEEN = new AtomicLong();
    private static final int FAIL_EVERY = 20_000;

    @TempDir
    Path temp;

    /** A number that goes round until its sequence is at 1. */
    record Collatz(long start, long value, int steps) {
        Collatz next() {
            return new Collatz(start, value % 2 == 0 ? value / 2 : 3 * value + 1, steps + 1);
        }
    }

    /** Counts the steps of the Collatz sequences of the numbers from 1, by a keyed loop. */
    public static final class Steps implements StreamJob {
        @Override
        public void define(StreamEnvironment env) {
            env.fromSource(
                            GeneratorSource.of(
                                    i -> new Collatz(i + 1, i + 1, 0),
                                    env.args().getLong("count", 100),
                                    Collatz.class),
                            WatermarkStrategy.noWatermarks(),
                            "numbers")
                    .iterate((int) env.args().getLong("bound", 1000), loop -> {
                        DataStream<Collatz> more = loop.uid("loop")
                                .keyBy(Collatz::value, Long.class)
                                .map(LoopJobsTest::step)
                                .returns(Collatz.class);
                        return new Iteration<>(
                                more.filter(number -> number.value() > 1),
                                more.filter(number -> number.value() <= 1)
                                        .map(number -> number.start() + " " + number.steps()));
                    })
                    .sinkTo(FileSink.lines(env.args().require("output")))
                    .uid("files");
        }
    }

    private static Collatz step(Collatz number) {
        if (SEEN.incrementAndGet() % FAIL_EVERY == 0 && FAILURES_LEFT.getAndDecrement() > 0) {
            throw new IllegalStateException("planned failure at " + number);
        }
        return number.value() > 1 ? number.next() : number;
    }

    private static List<String> expected(int count) {
        List<String> lines = new ArrayList<>();
        for (int start = 1; start <= count; start++) {
            Collatz number = new Collatz(start, start, 0);
            while (number.value() > 1) {
                number = number.next();
            }
            lines.add(start + " " + number.steps());
        }
        lines.sort(null);
        return lines;
    }

    @ParameterizedTest
    @CsvSource({"1, 512, on", "2, 512, off", "3, 3, on"})
    void everyRecordGoesRoundUntilItIsDone(int parallelism, int batchSize, String specialise) throws Exception {
        Path out = temp.resolve("out");
        try (EmbeddedNode node = EmbeddedNode.start(
                temp.resolve("node"), "channel.batch-size = " + batchSize, "chain.specialise = " + specialise)) {
            JobHandle job = node.submit("steps", Steps.class, parallelism, "--count", "2000", "--output", out + "");

            assertThat(EmbeddedNode.await(job).status()).isEqualTo(JobStatus.FINISHED);
        }
        assertThat(EmbeddedNode.committedLines(out)).isEqualTo(expected(2_000));
    }

    @Test
    void failuresLoseAndRepeatNothingThatIsOnItsWay() throws Exception {
        Path out = temp.resolve("out");
        FAILURES_LEFT.set(5);
        try (EmbeddedNode node = EmbeddedNode.start(
                temp.resolve("node"), "checkpointing.interval = 20 ms", "loop.memory-records = 60")) {
            JobHandle job = node.submit(
                    "failing", Steps.class, 2, "--count", "5000", "--bound", "100000", "--output", out + "");

            JobProgress end = EmbeddedNode.await(job);

            assertThat(end.status()).isEqualTo(JobStatus.FINISHED);
            assertThat(end.restarts()).isEqualTo(5);
        }
        assertThat(EmbeddedNode.committedLines(out)).isEqualTo(expected(5_000));
        try (Stream<Path> left = Files.walk(temp.resolve("node/loops"))) {
            assertThat(left.filter(Files::isRegularFile)).isEmpty();
        }
    }
}
