// SPDX-License-Identifier: Apache-2.0
package io.millrace.cli;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * The one line that tells how a job is doing: rewritten in place on a terminal, a line now and then elsewhere.
 *
 * <p>Thread-safe: results are printed by other threads and must not be mixed with the line.
 */
final class StatusLine {
    /** Where lines cannot be rewritten, only each second one is printed. */
    private static final int PLAIN_EVERY = 2;

    private final Terminal terminal;
    private boolean shown;
    private int ticks;

    StatusLine(Terminal terminal) {
        this.terminal = terminal;
    }

    /** Shows the line; called about once a second. */
    synchronized void show(String line) {
        if (terminal.errRedraws()) {
            terminal.err().print(Terminal.CLEAR_LINE + terminal.squeeze(line));
            terminal.err().flush();
            shown = true;
        } else if (++ticks % PLAIN_EVERY == 0) {
            terminal.err().println(line);
        }
    }

    /** Prints something that stays. */
    synchronized void say(String text) {
        clear();
        terminal.err().println(text);
    }

    private void clear() {
        if (shown) {
            terminal.err().print(Terminal.CLEAR_LINE);
            terminal.err().flush();
            shown = false;
        }
    }

    /** A stream for results that takes the line away before it writes. */
    PrintStream guarded() {
        if (!terminal.errRedraws() || !terminal.outRedraws()) {
            return terminal.out();
        }
        OutputStream stream = new FilterOutputStream(terminal.out()) {
            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                synchronized (StatusLine.this) {
                    clear();
                    out.write(bytes, offset, length);
                }
            }
        };
        return new PrintStream(stream, true, StandardCharsets.UTF_8);
    }
}
