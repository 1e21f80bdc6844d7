// SPDX-License-Identifier: Apache-2.0
package io.millrace.connector.files;

import org.jspecify.annotations.Nullable;

/**
 * Reads one column as strings. Short values that come again share one string, as codes and names in files do: a small
 * table, a slot a hash, remembers the last of each. Confined to one thread at a time.
 */
final class StringColumn {
    private static final int SLOTS = 512;
    private static final int LONGEST_SHARED = 16;

    private final int field;
    private final @Nullable String[] shared = new @Nullable String[SLOTS];

    StringColumn(int field) {
        this.field = field;
    }

    String parse(CsvRow row) {
        byte[] bytes = row.bytes();
        int from = row.from(field);
        int to = row.to(field);
        if (to - from > LONGEST_SHARED) {
            return decode(bytes, from, to);
        }
        int hash = 0;
        for (int i = from; i < to; i++) {
            hash = 31 * hash + bytes[i];
        }
        int slot = (hash ^ (hash >>> 15)) & (SLOTS - 1);
        String known = shared[slot];
        if (known != null && same(known, bytes, from, to)) {
            return known;
        }
        String text = decode(bytes, from, to);
        shared[slot] = text;
        return text;
    }

    /** Never true for text beyond ASCII, whose bytes are negative. */
    private static boolean same(String text, byte[] bytes, int from, int to) {
        if (text.length() != to - from) {
            return false;
        }
        for (int i = from; i < to; i++) {
            if (text.charAt(i - from) != bytes[i]) {
                return false;
            }
        }
        return true;
    }

    private String decode(byte[] bytes, int from, int to) {
        try {
            return StrictText.decode(bytes, from, to);
        } catch (MalformedLineException e) {
            throw new ColumnParsers.FieldException(field, "text in UTF-8");
        }
    }
}
