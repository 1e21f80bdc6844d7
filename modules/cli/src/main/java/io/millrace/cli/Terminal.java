// SPDX-License-Identifier: Apache-2.0
package io.millrace.cli;

import java.io.Console;
import java.io.PrintStream;
import java.util.Map;

/**
 * Where the command writes, and what can be drawn there. {@code bin/millrace} says in {@code MILLRACE_TTY} which of the
 * streams are terminals, because a JVM can only tell about both at once.
 *
 * @param out for results
 * @param err for everything else
 * @param outRedraws whether lines on {@code out} can be drawn again
 * @param errRedraws whether lines on {@code err} can be drawn again
 * @param colour whether colours are wanted where lines can be redrawn
 * @param columns width that drawings keep to, 40 to 80
 */
record Terminal(PrintStream out, PrintStream err, boolean outRedraws, boolean errRedraws, boolean colour, int columns) {
    static final String CLEAR_LINE = "\r\u001b[K";
    private static final int MAX_COLUMNS = 80;
    private static final int MIN_COLUMNS = 40;

    /** The terminal of this process as its environment describes it. */
    static Terminal of(PrintStream out, PrintStream err, Map<String, String> environment) {
        boolean able = !"dumb".equals(environment.getOrDefault("TERM", "dumb"));
        String streams = environment.get("MILLRACE_TTY");
        boolean outIs = streams == null ? hasConsole() : streams.contains("out");
        boolean errIs = streams == null ? hasConsole() : streams.contains("err");
        boolean colour = environment.getOrDefault("NO_COLOR", "").isEmpty();
        return new Terminal(out, err, able && outIs, able && errIs, colour, columns(environment.get("COLUMNS")));
    }

    /** A terminal that is none: files, pipes, tests. */
    static Terminal plain(PrintStream out, PrintStream err) {
        return new Terminal(out, err, false, false, false, MAX_COLUMNS);
    }

    /** Cuts a line to the width. */
    String fit(String line) {
        return line.length() <= columns ? line : line.substring(0, columns);
    }

    /** Cuts a line of loosely spaced words to the width, closing the gaps first. */
    String squeeze(String line) {
        return line.length() <= columns ? line : fit(line.replaceAll(" +", " "));
    }

    private static int columns(@org.jspecify.annotations.Nullable String given) {
        try {
            int columns = given == null ? MAX_COLUMNS : Integer.parseInt(given.strip());
            // The last column stays free: some terminals wrap when it is written.
            return Math.max(MIN_COLUMNS, Math.min(MAX_COLUMNS, columns - 1));
        } catch (NumberFormatException e) {
            return MAX_COLUMNS;
        }
    }

    /** From JDK 22 on there is a console without a terminal, too, and a method to tell. */
    private static boolean hasConsole() {
        Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            return Boolean.TRUE.equals(Console.class.getMethod("isTerminal").invoke(console));
        } catch (NoSuchMethodException e) {
            return true;
        } catch (ReflectiveOperationException e) {
            return false;
        }
    }
}
