// SPDX-License-Identifier: Apache-2.0
package io.millrace.serialization;

/**
 * Text in a key: UTF-8 and a zero byte at the end, so that bytes sort as the texts do, in the order of code points. The
 * two characters U+0000 and U+0001, which hardly occur, are written as 01 01 and 01 02.
 */
final class KeyText {
    private static final int END = 0;
    private static final int ESCAPE = 1;

    private KeyText() {}

    static void write(String key, ByteWriter out) {
        if (isPlain(key)) {
            int length = Utf8.length(key);
            out.writeUtf8(key, length);
        } else {
            writeEscaped(key, out);
        }
        out.writeByte(END);
    }

    private static boolean isPlain(String key) {
        for (int i = 0; i < key.length(); i++) {
            if (key.charAt(i) <= ESCAPE) {
                return false;
            }
        }
        return true;
    }

    private static void writeEscaped(String key, ByteWriter out) {
        ByteWriter plain = new ByteWriter();
        plain.writeUtf8(key, Utf8.length(key));
        for (int i = 0; i < plain.position(); i++) {
            byte next = plain.array()[i];
            if (next == END || next == ESCAPE) {
                out.writeByte(ESCAPE);
                out.writeByte(next + 1);
            } else {
                out.writeByte(next);
            }
        }
    }

    static String read(ByteReader in) {
        byte[] bytes = in.array();
        int start = in.position();
        int limit = start + in.remaining();
        int end = start;
        boolean escaped = false;
        while (end < limit && bytes[end] != END) {
            escaped |= bytes[end] == ESCAPE;
            end++;
        }
        if (end == limit) {
            throw new CodecException("A text in a key has no end: the bytes are damaged or of another type.");
        }
        in.skip(end + 1 - start);
        return escaped ? unescape(bytes, start, end) : Utf8.decode(bytes, start, end - start);
    }

    private static String unescape(byte[] bytes, int start, int end) {
        byte[] plain = new byte[end - start];
        int length = 0;
        for (int i = start; i < end; i++) {
            byte next = bytes[i];
            if (next == ESCAPE) {
                i++;
                if (i == end || bytes[i] < 1 || bytes[i] > 2) {
                    throw new CodecException("A text in a key has a bad escape: the bytes are damaged.");
                }
                next = (byte) (bytes[i] - 1);
            }
            plain[length++] = next;
        }
        return Utf8.decode(plain, 0, length);
    }
}
