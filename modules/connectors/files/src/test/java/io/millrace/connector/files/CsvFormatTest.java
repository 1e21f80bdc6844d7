// SPDX-License-Identifier: Apache-2.0
package io.millrace.connector.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CsvFormatTest {
    enum Colour {
        RED,
        GREEN
    }

    private record Everything(
            String text,
            byte b,
            short s,
            int i,
            long l,
            float f,
            double d,
            boolean flag,
            char c,
            LocalDateTime at,
            LocalDate day,
            Instant instant,
            BigDecimal amount,
            Colour colour) {}

    private record Boxed(
            @Nullable Integer i,
            @Nullable Double d,
            @Nullable LocalDateTime at,
            @Nullable LocalDate day,
            @Nullable Colour colour,
            String text) {}

    private record Pair(String left, int right) {}

    private record Limits(long l) {}

    private record Refusing(int positive) {
        private Refusing {
            if (positive < 0) {
                throw new IllegalArgumentException("not positive");
            }
        }
    }

    private record NoColumn(List<String> list) {}

    private record One(String only) {}

    private record Dated(LocalDateTime at) {}

    @TempDir
    Path directory;

    private <R> List<R> read(Class<R> type, String content) throws Exception {
        String path = TestFiles.write(directory.resolve("rows.csv"), content);
        return ReaderDriver.readAll(FileSource.csv(type, path), ReaderDriver.splits(Long.MAX_VALUE, path));
    }

    @Test
    void fillsEveryType() throws Exception {
        List<Everything> rows = read(
                Everything.class,
                "extra,colour,amount,instant,day,at,c,flag,d,f,l,i,s,b,text\n"
                        + "?,GREEN,12.50,2001-01-01T00:00:01Z,2001-02-03,2001-01-01T00:04,x,TRUE,1.5,-2.5,-7,+42,-300,-128,h\u00e9\n");

        assertThat(rows)
                .containsExactly(new Everything(
                        "h\u00e9",
                        (byte) -128,
                        (short) -300,
                        42,
                        -7,
                        -2.5f,
                        1.5,
                        true,
                        'x',
                        LocalDateTime.of(2001, 1, 1, 0, 4),
                        LocalDate.of(2001, 2, 3),
                        Instant.ofEpochSecond(978307201),
                        new BigDecimal("12.50"),
                        Colour.GREEN));
    }

    @Test
    void takesEmptyFieldsAsNullWhereTheTypeHasIt() throws Exception {
        assertThat(read(Boxed.class, "i,d,at,day,colour,text\n,,,,,\n5,2,2001-01-01T00:04:05,,RED,\"\"\n"))
                .containsExactly(
                        new Boxed(null, null, null, null, null, ""),
                        new Boxed(5, 2.0, LocalDateTime.of(2001, 1, 1, 0, 4, 5), null, Colour.RED, ""));
    }

    @Test
    void readsQuotedFields() throws Exception {
        assertThat(read(Pair.class, "\"left\",right\n\"a,b\",1\n\"say \"\"hi\"\"\",\"2\"\n\"\",3\nplain \"x\",4\n"))
                .containsExactly(
                        new Pair("a,b", 1), new Pair("say \"hi\"", 2), new Pair("", 3), new Pair("plain \"x\"", 4));
    }

    @Test
    void skipsEmptyLinesUnlessThereIsOneColumn() throws Exception {
        assertThat(read(Pair.class, "left,right\n\na,1\n\n")).containsExactly(new Pair("a", 1));
        assertThat(read(One.class, "only\n\na\n")).containsExactly(new One(""), new One("a"));
    }

    @Test
    void readsTheLimitsOfLongs() throws Exception {
        assertThat(read(Limits.class, "l\n" + Long.MIN_VALUE + "\n" + Long.MAX_VALUE + "\n"))
                .containsExactly(new Limits(Long.MIN_VALUE), new Limits(Long.MAX_VALUE));
    }

    @ParameterizedTest
    @CsvSource({"9223372036854775808", "-9223372036854775809", "92233720368547758070", "1x", "-", "''", "1.0", "0x1"})
    void refusesWhatIsNoLong(String text) {
        // The quotes keep the empty text from being an empty line, which is skipped.
        assertThatThrownBy(() -> read(Limits.class, "l\n\"" + text + "\"\n"))
                .hasMessageContaining("rows.csv', line 2: column 'l': expected a whole number (long")
                .hasMessageContaining("found '" + text + "'");
    }

    @ParameterizedTest
    @CsvSource({"2001-13-01T00:00", "2001-01-01 00:00", "2001-01-01T00:0x", "2001-02-30T00:00", "yesterday"})
    void refusesWhatIsNoDateTime(String text) {
        assertThatThrownBy(() -> read(Dated.class, "at\n" + text + "\n"))
                .hasMessageContaining("line 2: column 'at': expected an ISO date and time")
                .hasMessageContaining("found '" + text + "'");
    }

    @Test
    void readsDateTimesWithFractions() throws Exception {
        assertThat(read(Dated.class, "at\n2001-01-01T00:04:05.25\n"))
                .containsExactly(new Dated(LocalDateTime.of(2001, 1, 1, 0, 4, 5, 250_000_000)));
    }

    @Test
    void namesFileLineColumnAndTextCut() {
        assertThatThrownBy(() -> read(Pair.class, "left,right\na,1\n\nb," + "9".repeat(200) + "\n"))
                .hasMessageContaining("rows.csv', line 4: column 'right': expected a whole number (int")
                .hasMessageContaining("found '" + "9".repeat(80) + "...'");
    }

    @Test
    void namesTheByteWhereTheLineIsNotKnown() throws Exception {
        String content = "left,right\na,1\nb,2\nc,bad\n";
        String path = TestFiles.write(directory.resolve("rows.csv"), content);
        List<FileSplit> splits = ReaderDriver.splits(12, path);

        assertThatThrownBy(() -> ReaderDriver.readAll(FileSource.csv(Pair.class, path), splits.subList(1, 2)))
                .hasMessageContaining("the line that begins at byte 19: column 'right'");
    }

    @Test
    void keepsTheLineNumberOverARestore() throws Exception {
        String path = TestFiles.write(directory.resolve("rows.csv"), "left,right\na,1\nb,2\nc,bad\n");
        FileSource<Pair> source = FileSource.csv(Pair.class, path);
        ReaderDriver<Pair> before =
                new ReaderDriver<>(source, ReaderDriver.splits(Long.MAX_VALUE, path), 1, new CollectedOutput<>());
        before.readUntil(2);
        List<FileSplit> snapshot = before.snapshot();

        assertThatThrownBy(() -> ReaderDriver.readAll(source, snapshot)).hasMessageContaining("line 4: column 'right'");
    }

    @Test
    void refusesRowsOfAnotherWidth() {
        assertThatThrownBy(() -> read(Pair.class, "left,right\na\n"))
                .hasMessageContaining("line 2: found 1 fields where the header names 2 columns [left, right]: 'a'");
        assertThatThrownBy(() -> read(Pair.class, "left,right\na,1,2\n")).hasMessageContaining("found 3 fields");
    }

    @Test
    void refusesBrokenQuotes() {
        assertThatThrownBy(() -> read(Pair.class, "left,right\n\"a\nb\",1\n"))
                .hasMessageContaining("line 2: field 1 opens a quote that its line does not close")
                .hasMessageContaining("Newlines inside quotes are not supported");
        assertThatThrownBy(() -> read(Pair.class, "left,right\n\"a\"b,1\n"))
                .hasMessageContaining("field 1 goes on after its closing quote: 'b,1'");
    }

    @Test
    void refusesHeadersThatDoNotFit() {
        assertThatThrownBy(() -> read(Pair.class, "left,width\na,1\n"))
                .hasMessageContaining("rows.csv' has no column 'right', which Pair needs")
                .hasMessageContaining("[left, width]");
        assertThatThrownBy(() -> read(Pair.class, "left,right,left\na,1,b\n")).hasMessageContaining("more than once");
        assertThatThrownBy(() -> read(Pair.class, "")).hasMessageContaining("has no header line");
    }

    @Test
    void passesOnWhatTheConstructorRefuses() {
        assertThatThrownBy(() -> read(Refusing.class, "positive\n1\n-1\n"))
                .hasMessageContaining("line 3: the constructor of Refusing refused '-1'")
                .hasMessageContaining("not positive");
    }

    @Test
    void refusesClassesItCannotFill() {
        assertThatThrownBy(() -> FileSource.csv(String.class, "x")).hasMessageContaining("java.lang.String is none");
        assertThatThrownBy(() -> FileSource.csv(NoColumn.class, "x"))
                .hasMessageContaining("The component 'list'")
                .hasMessageContaining("java.util.List");
    }

    @Test
    void sharesShortStringsThatComeAgain() throws Exception {
        List<Pair> rows = read(Pair.class, "left,right\nJFK,1\nLAX,2\nJFK,3\n\u00e9,4\n\u00e9,5\n");
        assertThat(rows).extracting(Pair::left).containsExactly("JFK", "LAX", "JFK", "\u00e9", "\u00e9");
        assertThat(rows.get(0).left()).isSameAs(rows.get(2).left());
    }
}
