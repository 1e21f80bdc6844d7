// SPDX-License-Identifier: Apache-2.0
package io.millrace.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.StreamEnvironment;
import io.millrace.api.StreamJob;
import io.millrace.api.function.AsyncFunction;
import io.millrace.api.function.AsyncRetry;
import io.millrace.api.function.RuntimeContext;
import io.millrace.api.source.GeneratorSource;
import io.millrace.api.stream.AsyncDataStream;
import io.millrace.api.stream.AsyncStream;
import io.millrace.api.stream.DataStream;
import io.millrace.api.time.WatermarkStrategy;
import io.millrace.api.window.TumblingEventTimeWindows;
import io.millrace.connector.files.FileSink;
import io.millrace.runtime.JobProgress;
import io.millrace.runtime.JobStatus;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Asynchronous calls on a real node, answered by threads of a scheduler in any order. */
class AsyncJobsTest {
    private static final int KEYS = 7;
    private static final long WINDOW_MS = 1_000;
    private static final int FAIL_EVERY = 1_500;
    private static final int CAPACITY = 20;
    private static final AtomicLong CALLS = new AtomicLong();
    private static final AtomicLong FAILURES_LEFT = new AtomicLong();
    private static final AtomicInteger MOST_IN_FLIGHT = new AtomicInteger();

    @TempDir
    Path temp;

    /** Asks a service that answers after a moment, fails now and then, and breaks down a few times. */
    private static final class Service<T> implements AsyncFunction<T, T> {
        private final AtomicInteger inFlight = new AtomicInteger();
        private ScheduledExecutorService threads;

        @Override
        public void open(RuntimeContext context) {
            threads = Executors.newScheduledThreadPool(2);
        }

        @Override
        public CompletionStage<List<T>> asyncInvoke(T record) {
            MOST_IN_FLIGHT.accumulateAndGet(inFlight.incrementAndGet(), Math::max);
            CompletableFuture<List<T>> answer = new CompletableFuture<>();
            long delayMicros = ThreadLocalRandom.current().nextLong(500);
            threads.schedule(() -> answerTo(record, answer), delayMicros, TimeUnit.MICROSECONDS);
            return answer;
        }

        private void answerTo(T record, CompletableFuture<List<T>> answer) {
            inFlight.decrementAndGet();
            if (CALLS.incrementAndGet() % FAIL_EVERY == 0 && FAILURES_LEFT.getAndDecrement() > 0) {
                answer.completeExceptionally(new IllegalStateException("planned failure at " + record));
            } else if (ThreadLocalRandom.current().nextInt(400) == 0) {
                answer.completeExceptionally(new IOException("try again"));
            } else {
                answer.complete(List.of(record));
            }
        }

        @Override
        public void close() {
            threads.shutdownNow();
        }
    }

    /** Calls behind a source, behind a fan-out, on keys, and two in one chain; then windows, which need their watermarks. */
    public static final class Asking implements StreamJob {
        @Override
        public void define(StreamEnvironment env) {
            long count = env.args().getLong("count", 1000);
            WatermarkStrategy<Long> watermarks = WatermarkStrategy.<Long>forBoundedOutOfOrderness(Duration.ofMillis(10))
                    .withTimestampAssigner((number, none) -> number);
            DataStream<Long> numbers =
                    env.fromSource(GeneratorSource.of(i -> i, count, Long.class), watermarks, "numbers");
            DataStream<Long> behindSource =
                    asking(numbers).unordered().uid("behind-source").returns(Long.class);
            DataStream<Long> twice = behindSource.<Long>flatMap((number, out) -> {
                out.collect(number);
                out.collect(number);
            });
            DataStream<Long> ordered =
                    asking(twice).ordered().uid("behind-fan-out").returns(Long.class);
            DataStream<Long> keyed = asking(ordered.keyBy(number -> (int) (number % KEYS), Integer.class))
                    .orderedByKey()
                    .uid("keyed")
                    .returns(Long.class);
            DataStream<Long> again = AsyncDataStream.unorderedWait(
                            keyed,
                            number -> CompletableFuture.completedFuture(List.of(number)),
                            10,
                            TimeUnit.SECONDS,
                            3)
                    .uid("at-once");
            again.keyBy(number -> (int) (number % KEYS), Integer.class)
                    .window(TumblingEventTimeWindows.of(Duration.ofMillis(WINDOW_MS)))
                    .<String>reduce(
                            Long::sum,
                            (key, context, sums, out) ->
                                    out.collect(context.window().start() + "," + key + ","
                                            + sums.iterator().next()))
                    .uid("sums")
                    .sinkTo(FileSink.lines(env.args().require("output")))
                    .uid("files");
        }

        private static AsyncStream<Long, Long> asking(DataStream<Long> stream) {
            return stream.async(new Service<Long>())
                    .capacity(CAPACITY)
                    .timeout(Duration.ofSeconds(30))
                    .retry(AsyncRetry.fixed(Duration.ofMillis(1), 20).onException(IOException.class::isInstance));
        }
    }

    private static List<String> expected(long count) {
        TreeMap<String, Long> sums = new TreeMap<>();
        for (long i = 0; i < count; i++) {
            sums.merge(i / WINDOW_MS * WINDOW_MS + "," + i % KEYS, 2 * i, Long::sum);
        }
        List<String> lines = new ArrayList<>();
        sums.forEach((key, sum) -> lines.add(key + "," + sum));
        lines.sort(null);
        return lines;
    }

    @ParameterizedTest
    @CsvSource({"1, 512, on, 0", "2, 1, off, 0", "2, 64, on, 6", "1, 16, off, 6"})
    void callsAnsweredInAnyOrderGiveTheRightAnswer(int parallelism, int batchSize, String specialise, int failures)
            throws Exception {
        Path out = temp.resolve("out");
        long count = 4_000;
        FAILURES_LEFT.set(failures);
        MOST_IN_FLIGHT.set(0);
        try (EmbeddedNode node = EmbeddedNode.start(
                temp.resolve("node"), "channel.batch-size = " + batchSize, "chain.specialise = " + specialise)) {
            JobProgress end = EmbeddedNode.await(
                    node.submit("asking", Asking.class, parallelism, "--count", count + "", "--output", out + ""));

            assertThat(end.status()).as(end.failure()).isEqualTo(JobStatus.FINISHED);
            // A call that fails when its epoch is over has failed in vain.
            assertThat(end.restarts()).isBetween(Math.min(1, failures), failures);
            assertThat(end.lateRecords()).isZero();
        }
        assertThat(EmbeddedNode.committedLines(out)).isEqualTo(expected(count));
        assertThat(MOST_IN_FLIGHT.get()).isBetween(2, CAPACITY);
    }

    /** Nobody answers one of its calls. */
    public static final class Unanswered implements StreamJob {
        @Override
        public void define(StreamEnvironment env) {
            env.fromElements("a", "b", "c")
                    .<String>async(text -> text.equals("b")
                            ? new CompletableFuture<>()
                            : CompletableFuture.completedFuture(List.of(text)))
                    .timeout(Duration.ofMillis(50))
                    .ordered()
                    .name("look up")
                    .uid("look-up")
                    .sinkTo(FileSink.lines(env.args().require("output")))
                    .uid("files");
        }
    }

    @Test
    void aCallThatNobodyAnswersFailsTheJobInWords() throws Exception {
        try (EmbeddedNode node = EmbeddedNode.start(temp.resolve("node"), "restart-strategy.attempts = 1")) {
            JobProgress end = EmbeddedNode.await(
                    node.submit("unanswered", Unanswered.class, 1, "--output", temp.resolve("out") + ""));

            assertThat(end.status()).isEqualTo(JobStatus.FAILED);
            assertThat(end.failure())
                    .contains("'look up'", "the record b", "PT0.05S", "AsyncFunction.timeout(..)")
                    .doesNotContain("\n");
        }
    }
}
