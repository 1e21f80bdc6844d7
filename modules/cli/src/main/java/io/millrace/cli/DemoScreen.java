// SPDX-License-Identifier: Apache-2.0
package io.millrace.cli;

import io.millrace.examples.HourlyDelays;
import io.millrace.examples.LiveBoard;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * Draws the demo's board: the same lines again and again on a terminal, a line now and then elsewhere.
 *
 * <p>Confined to the thread that watches the job.
 */
final class DemoScreen {
    private static final int ROWS = 10;
    private static final int ROWS_IN_A_LINE = 3;
    private static final long PRINT_EVERY_NS = TimeUnit.SECONDS.toNanos(3);
    private static final DateTimeFormatter HOUR = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT);
    private static final String BOLD = "\u001b[1m";
    private static final String RED = "\u001b[31m";
    private static final String PLAIN = "\u001b[0m";

    private final Terminal terminal;
    private int drawn;
    private String lastLine = "";
    private long lastPrintNs;

    DemoScreen(Terminal terminal) {
        this.terminal = terminal;
    }

    /** Draws the board and the job's progress over what was drawn before. */
    void redraw(LiveBoard.Snapshot board, String progress) {
        List<String> lines = lines(board, progress);
        StringBuilder text = new StringBuilder();
        if (drawn > 0) {
            text.append("\u001b[").append(drawn).append('A');
        }
        lines.forEach(line -> text.append('\r').append(line).append("\u001b[K\n"));
        terminal.out().print(text);
        terminal.out().flush();
        drawn = lines.size();
    }

    /** Prints a line about the board every few seconds where it has come on. */
    void print(LiveBoard.Snapshot board, long nowNs) {
        String line = line(board);
        boolean due = lastLine.isEmpty() || nowNs - lastPrintNs >= PRINT_EVERY_NS;
        if (due && !line.isEmpty() && !line.equals(lastLine)) {
            terminal.out().println(line);
            lastLine = line;
            lastPrintNs = nowNs;
        }
    }

    /** The board as text, always of the same number of lines. */
    List<String> lines(LiveBoard.Snapshot board, String progress) {
        List<String> lines = new ArrayList<>();
        lines.add("");
        lines.add(styled(BOLD, board.hour().map(DemoScreen::title).orElse(" Waiting for the first complete hour")));
        lines.add("");
        lines.add(terminal.fit("   #  airport   departures   delayed   mean delay   longest"));
        for (int i = 0; i < ROWS; i++) {
            lines.add(
                    i < board.worst().size()
                            ? row(i + 1, board.worst().get(i))
                            : i == 0 ? terminal.fit(none(board)) : "");
        }
        lines.add("");
        lines.add(terminal.fit(" " + ProgressText.grouped(board.windows()) + " airport hours from "
                + ProgressText.grouped(board.departures()) + " flights so far"));
        lines.add(terminal.squeeze(" " + progress));
        return lines;
    }

    private static String none(LiveBoard.Snapshot board) {
        return board.hour().isEmpty() ? "" : "      a quiet hour: no airport with enough departures";
    }

    private static String title(LocalDateTime hour) {
        return " Worst mean delays in the hour from " + HOUR.format(hour) + " (local times)";
    }

    private String row(int rank, HourlyDelays delays) {
        String text = String.format(
                Locale.ROOT,
                "  %2d  %-7s   %10d   %7d   %6s min   %3d min",
                rank,
                delays.origin(),
                delays.departures(),
                delays.delayed(),
                delays.meanDelay().toPlainString(),
                delays.maxDelay());
        boolean bad = delays.delayed() * 2 > delays.departures();
        return bad ? styled(RED, text) : terminal.fit(text);
    }

    private String styled(String style, String text) {
        String fitting = terminal.fit(text);
        return terminal.colour() ? style + fitting + PLAIN : fitting;
    }

    /** Such as {@code 2001-01-02 05:00  worst: ORD 41.20 min of 45, ...}; empty before the first complete hour. */
    static String line(LiveBoard.Snapshot board) {
        if (board.hour().isEmpty()) {
            return "";
        }
        StringBuilder line = new StringBuilder(HOUR.format(board.hour().get())).append("  worst mean delays:");
        String separator = " ";
        for (HourlyDelays delays :
                board.worst().subList(0, Math.min(ROWS_IN_A_LINE, board.worst().size()))) {
            line.append(separator)
                    .append(delays.origin())
                    .append(' ')
                    .append(delays.meanDelay().toPlainString())
                    .append(" min of ")
                    .append(delays.departures());
            separator = ", ";
        }
        return line.append(board.worst().isEmpty() ? " no airport with enough departures" : "")
                .toString();
    }
}
