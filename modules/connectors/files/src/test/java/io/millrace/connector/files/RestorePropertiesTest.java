// SPDX-License-Identifier: Apache-2.0
package io.millrace.connector.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever the files, the splits and the moment of a checkpoint: every line comes exactly once, in order. */
class RestorePropertiesTest {
    record NumberRow(int number) {}

    /** One file and how it is read; snapshots come after that many records each. */
    record Reading(
            List<String> lines,
            String lineEnd,
            boolean endsWithLineEnd,
            boolean gzip,
            int splitSize,
            int blockSize,
            int maxRecords,
            List<Integer> snapshots) {
        String content() {
            String joined = String.join(lineEnd, lines);
            // Without a line end after it an empty last line is none.
            return endsWithLineEnd && !lines.isEmpty() ? joined + lineEnd : joined;
        }

        List<String> expected() {
            boolean lastIsNone = !endsWithLineEnd
                    && !lines.isEmpty()
                    && lines.get(lines.size() - 1).isEmpty();
            return lastIsNone ? lines.subList(0, lines.size() - 1) : lines;
        }
    }

    @Provide
    Arbitrary<Reading> readings() {
        Arbitrary<List<String>> lines = Arbitraries.strings()
                .withChars("ab,\u00e9\u4e16")
                .ofMaxLength(12)
                .list()
                .ofMaxSize(25);
        Arbitrary<Boolean> flag = Arbitraries.of(true, false);
        return Combinators.combine(
                        lines,
                        Arbitraries.of("\n", "\r\n"),
                        flag,
                        flag,
                        Arbitraries.integers().between(1, 60),
                        Arbitraries.integers().between(1, 40),
                        Arbitraries.integers().between(1, 5),
                        Arbitraries.integers().between(0, 8).list().ofMaxSize(4))
                .as(Reading::new);
    }

    @Property(tries = 300)
    void everyLineComesOnceWhateverTheSnapshots(@ForAll("readings") Reading reading) throws Exception {
        assertThat(read(reading, FileSource.lines("unused"), reading.content())).isEqualTo(reading.expected());
    }

    @Property(tries = 200)
    void everyRowComesOnceWhateverTheSnapshots(@ForAll("readings") Reading reading) throws Exception {
        StringBuilder content = new StringBuilder("other,number").append(reading.lineEnd());
        List<NumberRow> expected = new ArrayList<>();
        for (int i = 0; i < reading.lines().size(); i++) {
            content.append("x,").append(i).append(reading.lineEnd());
            expected.add(new NumberRow(i));
        }
        FileSource<NumberRow> source = FileSource.csv(NumberRow.class, "unused");
        assertThat(read(reading, source, content.toString())).isEqualTo(expected);
    }

    private static <T> List<T> read(Reading reading, FileSource<T> plainSource, String content) throws Exception {
        FileSource<T> source = plainSource.withBlockSize(reading.blockSize());
        Path file = Files.createTempFile("lines", reading.gzip() ? ".gz" : ".txt");
        try {
            String path = TestFiles.write(file, content);
            List<FileSplit> splits = ReaderDriver.splits(reading.splitSize(), path);
            CollectedOutput<T> output = new CollectedOutput<>();
            for (int more : reading.snapshots()) {
                ReaderDriver<T> driver = new ReaderDriver<>(source, splits, reading.maxRecords(), output);
                driver.readUntil(output.all.size() + more);
                splits = driver.snapshot();
                driver.reader.close();
            }
            new ReaderDriver<>(source, splits, reading.maxRecords(), output).readToEnd();
            assertThat(output.finished).doesNotHaveDuplicates();
            assertThat(output.finished).hasSameSizeAs(ReaderDriver.splits(reading.splitSize(), path));
            return inFileOrder(output);
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private static <T> List<T> inFileOrder(CollectedOutput<T> output) {
        Comparator<String> byStart =
                Comparator.comparingLong(id -> Long.parseLong(id.substring(id.lastIndexOf('@') + 1)));
        List<T> records = new ArrayList<>();
        output.bySplit.keySet().stream().sorted(byStart).forEach(id -> records.addAll(output.bySplit.get(id)));
        return records;
    }
}
