// SPDX-License-Identifier: Apache-2.0
package io.millrace.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.source.InputStatus;
import io.millrace.api.source.ReaderOutput;
import io.millrace.api.source.SourceReader;
import io.millrace.api.source.SourceReaderContext;
import io.millrace.api.source.SplitEnumeratorContext;
import io.millrace.api.source.SplitOutput;
import io.millrace.connector.files.FileSource;
import io.millrace.connector.files.FileSplit;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;

/** The data that come with the examples are what their README says. */
class FlightFilesTest {
    private static final long MOST_OUT_OF_ORDER_MS = Duration.ofMinutes(8).toMillis();

    /** Counts a split's flights and how far back in time they go. */
    private static final class Seen implements SplitOutput<Flight> {
        private long flights;
        private long latestMs = Long.MIN_VALUE;
        private long furthestBackMs;

        @Override
        public void collect(Flight flight) {
            flights++;
            latestMs = Math.max(latestMs, flight.eventTimeMs());
            furthestBackMs = Math.max(furthestBackMs, latestMs - flight.eventTimeMs());
        }

        @Override
        public void collect(Flight flight, long timestamp) {
            throw new AssertionError("Files have no timestamps of their own");
        }
    }

    @Test
    void holdHalfAMillionFlightsNearlyInOrder() throws Exception {
        FileSource<Flight> source = FileSource.csv(Flight.class, "data/flights-*.csv.gz");
        List<FileSplit> splits = list(source);
        assertThat(splits).hasSize(4);
        Map<String, Seen> seen = new HashMap<>();
        try (SourceReader<Flight, FileSplit> reader = source.createReader(new DirectContext())) {
            reader.addSplits(splits);
            reader.notifyNoMoreSplits();
            ReaderOutput<Flight> output = new ReaderOutput<>() {
                @Override
                public SplitOutput<Flight> forSplit(String splitId) {
                    return seen.computeIfAbsent(splitId, ignored -> new Seen());
                }

                @Override
                public void finishSplit(String splitId) {}
            };
            InputStatus status = InputStatus.MORE_AVAILABLE;
            while (status != InputStatus.END_OF_INPUT) {
                status = reader.pollNext(output, 1024);
            }
        }
        assertThat(seen.values().stream().mapToLong(split -> split.flights).sum())
                .isEqualTo(508_239);
        assertThat(seen.values()).allMatch(split -> split.furthestBackMs <= MOST_OUT_OF_ORDER_MS);
    }

    private static List<FileSplit> list(FileSource<Flight> source) throws Exception {
        List<FileSplit> splits = new ArrayList<>();
        source.createEnumerator(new SplitEnumeratorContext<>() {
                    @Override
                    public int parallelism() {
                        return 1;
                    }

                    @Override
                    public void assignSplit(FileSplit split, int subtaskIndex) {
                        splits.add(split);
                    }

                    @Override
                    public void signalNoMoreSplits(int subtaskIndex) {}

                    @Override
                    public <R> void callAsync(Callable<R> call, AsyncHandler<R> handler) {
                        try {
                            handler.handle(call.call(), null);
                        } catch (Exception e) {
                            throw new AssertionError(e);
                        }
                    }

                    @Override
                    public <R> void callAsyncPeriodically(
                            Callable<R> call, AsyncHandler<R> handler, Duration initialDelay, Duration period) {
                        throw new AssertionError("Files are listed once");
                    }
                })
                .start();
        return splits;
    }

    /** IO on the calling thread. */
    private static final class DirectContext implements SourceReaderContext {
        @Override
        public int subtaskIndex() {
            return 0;
        }

        @Override
        public int parallelism() {
            return 1;
        }

        @Override
        public void sendSplitRequest() {}

        @Override
        public Executor ioExecutor() {
            return Runnable::run;
        }

        @Override
        public Clock clock() {
            return Clock.systemUTC();
        }

        @Override
        public CompletionStage<Void> delay(Duration delay) {
            return CompletableFuture.completedFuture(null);
        }
    }
}
