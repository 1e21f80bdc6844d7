// SPDX-License-Identifier: Apache-2.0
package io.millrace.connector.files;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The fields of one CSV line, as ranges of its bytes: fields in quotes without them and with doubled quotes made single
 * (RFC 4180). Reused for every line; confined to one thread at a time.
 */
final class CsvRow {
    private static final int FIRST_CAPACITY = 16;

    private byte[] bytes = new byte[0];
    private int[] from = new int[FIRST_CAPACITY];
    private int[] to = new int[FIRST_CAPACITY];
    private int fields;

    /** The names of a header line, in order. */
    static List<String> names(byte[] line, int lineTo) throws MalformedLineException {
        CsvRow row = new CsvRow();
        row.split(line, 0, lineTo);
        List<String> names = new ArrayList<>();
        for (int field = 0; field < row.fields; field++) {
            names.add(
                    StrictText.decode(row.bytes, row.from[field], row.to[field]).strip());
        }
        return names;
    }

    /** Takes a line apart; unescapes quotes in place. */
    void split(byte[] line, int lineFrom, int lineTo) throws MalformedLineException {
        bytes = line;
        fields = 0;
        int at = lineFrom;
        while (true) {
            if (fields == from.length) {
                from = Arrays.copyOf(from, 2 * fields);
                to = Arrays.copyOf(to, 2 * fields);
            }
            at = at < lineTo && line[at] == '"' ? quoted(at + 1, lineTo) : plain(at, lineTo);
            fields++;
            if (at == lineTo) {
                return;
            }
            at++;
        }
    }

    /** Ends at the comma after the field, or at the end of the line. */
    private int plain(int begin, int lineTo) {
        int at = begin;
        while (at < lineTo && bytes[at] != ',') {
            at++;
        }
        from[fields] = begin;
        to[fields] = at;
        return at;
    }

    private int quoted(int begin, int lineTo) throws MalformedLineException {
        int write = begin;
        int at = begin;
        while (at < lineTo) {
            byte next = bytes[at++];
            boolean escaped = next == '"' && at < lineTo && bytes[at] == '"';
            if (next == '"' && !escaped) {
                from[fields] = begin;
                to[fields] = write;
                return afterQuote(at, lineTo);
            }
            at += escaped ? 1 : 0;
            bytes[write++] = next;
        }
        throw new MalformedLineException("field " + (fields + 1) + " opens a quote that its line does not close: '"
                + StrictText.shown(bytes, begin, write)
                + "'. Newlines inside quotes are not supported: write each row on one line.");
    }

    private int afterQuote(int at, int lineTo) throws MalformedLineException {
        if (at < lineTo && bytes[at] != ',') {
            throw new MalformedLineException("field " + (fields + 1) + " goes on after its closing quote: '"
                    + StrictText.shown(bytes, at, lineTo) + "'. Write a quote inside a quoted field twice.");
        }
        return at;
    }

    int fields() {
        return fields;
    }

    byte[] bytes() {
        return bytes;
    }

    int from(int field) {
        return from[field];
    }

    int to(int field) {
        return to[field];
    }

    boolean isEmpty(int field) {
        return from[field] == to[field];
    }

    /** The field, where its bytes are known to be ASCII or are checked later by what parses them. */
    String lenientText(int field) {
        return new String(bytes, from[field], to[field] - from[field], StandardCharsets.UTF_8);
    }
}
