// SPDX-License-Identifier: Apache-2.0
package io.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.examples.HourlyDelays;
import io.millrace.examples.LiveBoard;
import io.millrace.runtime.JobProgress;
import io.millrace.runtime.JobStatus;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DisplayTest {
    private static final LocalDateTime HOUR = LocalDateTime.of(2001, 1, 2, 5, 0);
    private static final long HOUR_MS = HOUR.toInstant(ZoneOffset.UTC).toEpochMilli();
    private static final LiveBoard.Snapshot BOARD = new LiveBoard.Snapshot(
            Optional.of(HOUR),
            List.of(
                    new HourlyDelays(HOUR_MS, "ORD", 45, 40, 1414, 120),
                    new HourlyDelays(HOUR_MS, "DEN", 12, 3, 100, 31)),
            1_234,
            56_789);

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final PrintStream outStream = new PrintStream(out, true, StandardCharsets.UTF_8);
    private final PrintStream errStream = new PrintStream(err, true, StandardCharsets.UTF_8);

    @Test
    void progressTellsRateWatermarkAndCheckpoint() {
        ProgressText text = new ProgressText(0);
        assertThat(text.line(progress(0, Long.MIN_VALUE, 0), 0))
                .isEqualTo("running  records 0  rate 0/s  checkpoint 7");
        long watermark = HOUR_MS + TimeUnit.MINUTES.toMillis(59);
        assertThat(text.line(progress(24_690, watermark, 0), TimeUnit.SECONDS.toNanos(2)))
                .isEqualTo("running  records 24,690  rate 12,345/s  watermark 2001-01-02T05:59  checkpoint 7");
        assertThat(text.line(progress(10, Long.MAX_VALUE, 3), TimeUnit.SECONDS.toNanos(3)))
                .isEqualTo("running  records 10  rate 0/s  watermark end  checkpoint 7  restarts 3");
    }

    @Test
    void theRateStandsStillBetweenTwoReports() {
        ProgressText text = new ProgressText(0);
        text.line(progress(2_000, Long.MIN_VALUE, 0), TimeUnit.SECONDS.toNanos(1));
        assertThat(text.line(progress(2_000, Long.MIN_VALUE, 0), TimeUnit.MILLISECONDS.toNanos(1_250)))
                .contains("rate 2,000/s");
        assertThat(text.line(progress(2_000, Long.MIN_VALUE, 0), TimeUnit.SECONDS.toNanos(2)))
                .as("over both seconds")
                .contains("rate 1,000/s");
        assertThat(text.line(progress(2_000, Long.MIN_VALUE, 0), TimeUnit.SECONDS.toNanos(9)))
                .contains("rate 0/s");
    }

    @Test
    void aJobThatIsNotHeardOfIsToldOnce() {
        FailureNotes notes = new FailureNotes(new StatusLine(Terminal.plain(outStream, errStream)), "the log");
        JobProgress last = progress(10, Long.MIN_VALUE, 0);
        notes.tell(last, 0);
        notes.tell(last, TimeUnit.SECONDS.toNanos(9));
        assertThat(err.size()).isZero();
        notes.tell(last, TimeUnit.SECONDS.toNanos(10));
        notes.tell(last, TimeUnit.SECONDS.toNanos(11));
        assertThat(err.toString(StandardCharsets.UTF_8).lines())
                .singleElement()
                .asString()
                .contains("not been heard of for 10.0 s", "the log");
        notes.tell(progress(11, Long.MIN_VALUE, 0), TimeUnit.SECONDS.toNanos(12));
        notes.tell(progress(12, Long.MIN_VALUE, 0), TimeUnit.SECONDS.toNanos(30));
        assertThat(err.toString(StandardCharsets.UTF_8).lines()).hasSize(1);
    }

    @Test
    void aLineThatIsTooLongIsSqueezedBeforeItIsCut() {
        Terminal narrow = new Terminal(outStream, errStream, true, true, true, 40);
        assertThat(narrow.squeeze("running  records 1,000  rate 3/s")).isEqualTo("running  records 1,000  rate 3/s");
        assertThat(narrow.squeeze("running  records 1,000  rate 300,000,000/s"))
                .isEqualTo("running records 1,000 rate 300,000,000/s");
        assertThat(narrow.squeeze("x".repeat(50))).hasSize(40);
    }

    @Test
    void failedCheckpointsAreCounted() {
        JobProgress progress =
                new JobProgress(JobStatus.FINISHED, 1, 10, 0, 0, Long.MIN_VALUE, 7, 1, 2, 1, 6, 0, 0, "no space");
        assertThat(new ProgressText(0).line(progress, 0)).endsWith("checkpoint 7  failed checkpoints 2  restarts 1");
        assertThat(new JobReport("sums", progress, false, 1).text())
                .endsWith("1 checkpoint (2 more failed), 1 restart.");
    }

    @Test
    void theStatusIsRewrittenOnATerminalAndGivesWayToResults() {
        StatusLine status = new StatusLine(new Terminal(outStream, errStream, true, true, true, 80));
        status.show("one");
        status.show("two");
        status.guarded().println("a result");
        assertThat(err).hasToString("\r\u001b[Kone\r\u001b[Ktwo\r\u001b[K");
        status.guarded().println("another");
        status.say("done");
        assertThat(err.toString(StandardCharsets.UTF_8)).endsWith("two\r\u001b[Kdone" + System.lineSeparator());
        assertThat(out).hasToString("a result" + System.lineSeparator() + "another" + System.lineSeparator());
    }

    @Test
    void theStatusIsALineNowAndThenElsewhere() {
        StatusLine status = new StatusLine(Terminal.plain(outStream, errStream));
        for (int i = 1; i <= 4; i++) {
            status.show("line " + i);
        }
        assertThat(err.toString(StandardCharsets.UTF_8).lines()).containsExactly("line 2", "line 4");
        assertThat(status.guarded()).isSameAs(outStream);
    }

    @Test
    void terminalsAreDescribedByTheEnvironment() {
        Terminal dumb = terminal(Map.of("TERM", "dumb", "MILLRACE_TTY", "out,err"));
        assertThat(dumb.outRedraws()).isFalse();
        Terminal piped = terminal(Map.of("TERM", "xterm", "MILLRACE_TTY", ",err", "NO_COLOR", "1"));
        assertThat(piped.outRedraws()).isFalse();
        assertThat(piped.errRedraws()).isTrue();
        assertThat(piped.colour()).isFalse();
        Terminal narrow = terminal(Map.of("TERM", "xterm", "MILLRACE_TTY", "out,err", "COLUMNS", "61"));
        assertThat(narrow.outRedraws()).isTrue();
        assertThat(narrow.columns()).isEqualTo(60);
        assertThat(terminal(Map.of("COLUMNS", "200")).columns()).isEqualTo(80);
        assertThat(terminal(Map.of("COLUMNS", "wide")).columns()).isEqualTo(80);
    }

    @Test
    void theBoardFitsAndKeepsItsHeight() {
        for (int columns : new int[] {40, 60, 80}) {
            DemoScreen screen = new DemoScreen(new Terminal(outStream, errStream, true, true, false, columns));
            List<String> full = screen.lines(BOARD, "x".repeat(200));
            List<String> empty = screen.lines(new LiveBoard.Snapshot(Optional.empty(), List.of(), 0, 0), "running");
            assertThat(full).hasSameSizeAs(empty).allMatch(line -> line.length() <= columns);
        }
        DemoScreen screen = new DemoScreen(new Terminal(outStream, errStream, true, true, false, 80));
        assertThat(String.join("\n", screen.lines(BOARD, "running")))
                .contains("2001-01-02 05:00", "ORD", "31.42 min", "120 min", "1,234 airport hours from 56,789 flights");
    }

    @Test
    void theBoardIsDrawnOverItselfAndColoursAreAMatterOfTaste() {
        DemoScreen plain = new DemoScreen(new Terminal(outStream, errStream, true, true, false, 80));
        plain.redraw(BOARD, "running");
        assertThat(out.toString(StandardCharsets.UTF_8)).doesNotContain("A\r", "\u001b[1m", "\u001b[31m");
        int lines = plain.lines(BOARD, "running").size();
        plain.redraw(BOARD, "running");
        assertThat(out.toString(StandardCharsets.UTF_8)).containsOnlyOnce("\u001b[" + lines + "A");
        out.reset();
        new DemoScreen(new Terminal(outStream, errStream, true, true, true, 80)).redraw(BOARD, "running");
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("\u001b[1m", "\u001b[31m", "\u001b[0m");
    }

    @Test
    void elsewhereTheBoardIsALineForEachChange() {
        DemoScreen screen = new DemoScreen(Terminal.plain(outStream, errStream));
        LiveBoard.Snapshot quiet = new LiveBoard.Snapshot(Optional.of(HOUR.plusHours(1)), List.of(), 9, 9);
        screen.print(new LiveBoard.Snapshot(Optional.empty(), List.of(), 0, 0), 0);
        screen.print(BOARD, 1);
        screen.print(quiet, TimeUnit.SECONDS.toNanos(2));
        screen.print(BOARD, TimeUnit.SECONDS.toNanos(4));
        screen.print(quiet, TimeUnit.SECONDS.toNanos(4));
        assertThat(out.toString(StandardCharsets.UTF_8).lines())
                .containsExactly(
                        "2001-01-02 05:00  worst mean delays: ORD 31.42 min of 45, DEN 8.33 min of 12",
                        "2001-01-02 06:00  worst mean delays: no airport with enough departures");
    }

    @Test
    void onlyADemosEndedDirectoryIsDeleted(@TempDir Path dir) throws Exception {
        Path inside = Files.createDirectories(dir.resolve("demo/output/deep"));
        Files.writeString(inside.resolve("part.csv"), "a,b");
        Path outside = Files.writeString(dir.resolve("outside"), "kept");
        Files.createSymbolicLink(dir.resolve("demo/link"), outside);
        DemoDirectory demo = new DemoDirectory(dir.resolve("demo"));
        assertThat(demo.hasEnded()).isFalse();
        assertThatThrownBy(demo::clear).isInstanceOf(IllegalStateException.class);
        assertThat(inside.resolve("part.csv")).exists();

        demo.markEnded();
        assertThat(demo.hasEnded()).isTrue();
        demo.clear();
        assertThat(demo.path()).isEmptyDirectory();
        assertThat(outside).hasContent("kept");
    }

    private Terminal terminal(Map<String, String> environment) {
        return Terminal.of(outStream, errStream, environment);
    }

    private static JobProgress progress(long read, long watermark, int restarts) {
        return new JobProgress(JobStatus.RUNNING, 1, read, 0, 0, watermark, 7, 7, 0, restarts, 3, 0, 0, null);
    }
}
