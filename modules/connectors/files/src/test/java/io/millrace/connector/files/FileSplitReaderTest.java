// SPDX-License-Identifier: Apache-2.0
package io.millrace.connector.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.source.InputStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileSplitReaderTest {
    private static final long WHOLE = Long.MAX_VALUE;

    record Timed(LocalDateTime at) {
        long eventMs() {
            return at.toEpochSecond(ZoneOffset.UTC) * 1000;
        }
    }

    @TempDir
    Path directory;

    private String numbered(String name, String prefix, int lines) throws IOException {
        return TestFiles.write(
                directory.resolve(name),
                IntStream.range(0, lines).mapToObj(i -> prefix + i + "\n").collect(Collectors.joining()));
    }

    @Test
    void readsFilesSideBySide() throws Exception {
        String a = numbered("a.txt", "a", 6);
        String b = numbered("b.txt.gz", "b", 6);
        ReaderDriver<String> driver = new ReaderDriver<>(
                FileSource.lines(a, b), ReaderDriver.splits(WHOLE, a, b), 2, new CollectedOutput<>());
        // Both are opened and read ahead before the first record, so that the order depends on the reader alone.
        assertThat(driver.reader.pollNext(driver.output, 2)).isEqualTo(InputStatus.NOTHING_AVAILABLE);
        while (!driver.context.ioTasks.isEmpty()) {
            driver.context.advance();
        }

        driver.readToEnd();

        assertThat(driver.output.all)
                .containsExactly("a0", "a1", "b0", "b1", "a2", "a3", "b2", "b3", "a4", "a5", "b4", "b5");
        assertThat(driver.context.requests).isEqualTo(2);
    }

    @Test
    void saysNothingAvailableUntilABlockIsRead() throws Exception {
        String a = numbered("a.txt", "a", 1);
        ReaderDriver<String> driver =
                new ReaderDriver<>(FileSource.lines(a), ReaderDriver.splits(WHOLE, a), 10, new CollectedOutput<>());

        assertThat(driver.reader.pollNext(driver.output, 10)).isEqualTo(InputStatus.NOTHING_AVAILABLE);
        assertThat(driver.reader.isAvailable().toCompletableFuture()).isNotDone();
        driver.context.advance();
        assertThat(driver.reader.isAvailable().toCompletableFuture()).isDone();
        driver.readToEnd();
        assertThat(driver.output.all).containsExactly("a0");
    }

    @Test
    void opensABoundedNumberOfSplitsAndHoldsTheWatermarkOfTheOthers() throws Exception {
        String a = numbered("a.txt", "line", 200);
        List<FileSplit> splits = ReaderDriver.splits(5, a);
        assertThat(splits.size()).isGreaterThan(FileSplitReader.MAX_OPEN_SPLITS);
        ReaderDriver<String> driver = new ReaderDriver<>(FileSource.lines(a), splits, 10, new CollectedOutput<>());

        driver.reader.pollNext(driver.output, 10);

        assertThat(driver.context.ioTasks).hasSize(FileSplitReader.MAX_OPEN_SPLITS);
        assertThat(driver.output.bySplit).hasSameSizeAs(splits);
        assertThat(driver.snapshot()).containsExactlyInAnyOrderElementsOf(splits);
        driver.readToEnd();
        assertThat(driver.output.all).hasSize(200);
    }

    @Test
    void readsOnRealThreads() throws Exception {
        String a = numbered("a.txt", "a", 50_000);
        String b = numbered("b.gz", "b", 50_000);
        var pool = java.util.concurrent.Executors.newFixedThreadPool(2);
        try {
            var context = new PooledReaderContext(pool);
            var output = new CollectedOutput<String>();
            var reader = FileSource.lines(a, b).withBlockSize(1000).createReader(context);
            reader.addSplits(ReaderDriver.splits(30_000, a, b));
            reader.notifyNoMoreSplits();
            InputStatus status = InputStatus.MORE_AVAILABLE;
            while (status != InputStatus.END_OF_INPUT) {
                status = reader.pollNext(output, 500);
                if (status == InputStatus.NOTHING_AVAILABLE) {
                    reader.isAvailable().toCompletableFuture().get(10, TimeUnit.SECONDS);
                }
            }
            reader.close();
            assertThat(output.all).hasSize(100_000).doesNotHaveDuplicates();
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void pacesByEventTimeFromTheEarliestRecord() throws Exception {
        String a = TestFiles.write(
                directory.resolve("a.csv"), "at\n2001-01-01T00:10\n2001-01-01T00:20\n2001-01-01T00:15\n");
        String b = TestFiles.write(directory.resolve("b.csv"), "at\n2001-01-01T00:00\n2001-01-01T00:30\n");
        FileSource<Timed> source =
                FileSource.csv(Timed.class, a, b).withPacing((timed, ignored) -> timed.eventMs(), 60);
        ReaderDriver<Timed> driver =
                new ReaderDriver<>(source, ReaderDriver.splits(WHOLE, a, b), 10, new CollectedOutput<>());
        long startMs = driver.context.nowMs;

        List<String> emitted = new ArrayList<>();
        for (int i = 1; i <= 5; i++) {
            driver.readUntil(i);
            Timed last = driver.output.all.get(driver.output.all.size() - 1);
            emitted.add(last.at().toLocalTime() + " after " + (driver.context.nowMs - startMs) / 1000 + " s");
        }
        driver.readToEnd();

        // One second of wall time a minute; a record that is late already comes at once with the one before it.
        assertThat(emitted).startsWith("00:00 after 0 s", "00:10 after 10 s").endsWith("00:30 after 30 s");
        assertThat(driver.output.all).hasSize(5);
    }

    @Test
    void pacesAnewAfterARestore() throws Exception {
        String a = TestFiles.write(directory.resolve("a.csv"), "at\n2001-01-01T00:00\n2001-01-01T05:00\n");
        FileSource<Timed> source = FileSource.csv(Timed.class, a).withPacing((timed, ignored) -> timed.eventMs(), 1);
        ReaderDriver<Timed> before =
                new ReaderDriver<>(source, ReaderDriver.splits(WHOLE, a), 10, new CollectedOutput<>());
        before.readUntil(1);
        assertThat(before.reader.pollNext(before.output, 10)).isEqualTo(InputStatus.NOTHING_AVAILABLE);

        ReaderDriver<Timed> after = new ReaderDriver<>(source, before.snapshot(), 10, new CollectedOutput<>());
        long startMs = after.context.nowMs;
        after.readToEnd();

        assertThat(after.output.all).containsExactly(new Timed(LocalDateTime.of(2001, 1, 1, 5, 0)));
        assertThat(after.context.nowMs).isEqualTo(startMs);
    }

    @Test
    void isAtFullSpeedWithASpeedupThatIsNone() throws Exception {
        String a = TestFiles.write(directory.resolve("a.csv"), "at\n2001-01-01T00:00\n2031-01-01T05:00\n");
        for (double speedup : new double[] {0, -1, Double.POSITIVE_INFINITY, Double.NaN}) {
            FileSource<Timed> source =
                    FileSource.csv(Timed.class, a).withPacing((timed, ignored) -> timed.eventMs(), speedup);
            ReaderDriver<Timed> driver =
                    new ReaderDriver<>(source, ReaderDriver.splits(WHOLE, a), 10, new CollectedOutput<>());
            long startMs = driver.context.nowMs;
            driver.readToEnd();
            assertThat(driver.output.all).hasSize(2);
            assertThat(driver.context.nowMs).isEqualTo(startMs);
        }
    }

    @Test
    void reportsMalformedBytesWithTheirLine() throws Exception {
        byte[] latin1 = {'o', 'k', '\n', 'n', (byte) 0xE9, 'e', '\n'};
        String a = TestFiles.write(directory.resolve("a.txt"), latin1);

        assertThatThrownBy(() -> ReaderDriver.readAll(FileSource.lines(a), ReaderDriver.splits(WHOLE, a)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("File '" + a + "', line 2")
                .hasMessageContaining("not UTF-8");
    }

    @Test
    void keepsReplacementCharactersThatTheTextHolds() throws Exception {
        String a = TestFiles.write(directory.resolve("a.txt"), "x\uFFFDy\n");
        assertThat(ReaderDriver.readAll(FileSource.lines(a), ReaderDriver.splits(WHOLE, a)))
                .containsExactly("x\uFFFDy");
    }

    @Test
    void refusesLongLines() throws Exception {
        String a = TestFiles.write(directory.resolve("a.txt"), "short\n" + "x".repeat(50) + "\n");
        for (int block : new int[] {7, 1000}) {
            FileSource<String> source = FileSource.lines(a).withMaxLineSize(20).withBlockSize(block);
            assertThatThrownBy(() -> ReaderDriver.readAll(source, ReaderDriver.splits(WHOLE, a)))
                    .hasMessageContaining("line 2: the line is longer than 20 bytes")
                    .hasMessageContaining("withMaxLineSize");
        }
    }

    @Test
    void failsWhenAFileChangesGoesOrIsDamaged() throws Exception {
        String a = numbered("a.txt", "a", 100);
        List<FileSplit> splits = ReaderDriver.splits(WHOLE, a);
        numbered("a.txt", "a", 50);
        assertThatThrownBy(() -> ReaderDriver.readAll(FileSource.lines(a), splits))
                .hasMessageContaining("'" + a + "' changed while the job reads it");

        Files.delete(Path.of(a));
        assertThatThrownBy(() -> ReaderDriver.readAll(FileSource.lines(a), splits))
                .hasMessageContaining("'" + a + "' is gone");

        String zip = numbered("b.gz", "b", 1000);
        byte[] whole = Files.readAllBytes(Path.of(zip));
        Files.write(Path.of(zip), java.util.Arrays.copyOf(whole, whole.length / 2));
        assertThatThrownBy(() -> ReaderDriver.readAll(FileSource.lines(zip), ReaderDriver.splits(WHOLE, zip)))
                .hasMessageContaining("'" + zip + "' is not intact gzip data");
    }

    @Test
    void failsWhenNoLineBeginsAtARestoredPosition() throws Exception {
        String a = TestFiles.write(directory.resolve("a.txt"), "12345\n12345\n");
        ReaderDriver<String> before =
                new ReaderDriver<>(FileSource.lines(a), ReaderDriver.splits(WHOLE, a), 1, new CollectedOutput<>());
        before.readUntil(1);
        List<FileSplit> snapshot = before.snapshot();
        TestFiles.write(Path.of(a), "123\n1234567\n");

        assertThatThrownBy(() -> ReaderDriver.readAll(FileSource.lines(a), snapshot))
                .hasMessageContaining("no line begins at byte 6");
    }

    @Test
    void leavesOutAByteOrderMark() throws Exception {
        String a = TestFiles.write(directory.resolve("a.csv"), "\uFEFFat\r\n2001-01-01T00:00\r\n");
        assertThat(ReaderDriver.readAll(FileSource.csv(Timed.class, a), ReaderDriver.splits(WHOLE, a)))
                .hasSize(1);
        assertThat(ReaderDriver.readAll(FileSource.lines(a), ReaderDriver.splits(WHOLE, a)))
                .containsExactly("at", "2001-01-01T00:00");
    }
}
