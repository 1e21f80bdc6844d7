// SPDX-License-Identifier: Apache-2.0
package io.millrace.connector.files;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** UTF-8 whose malformed bytes are reported, never replaced. */
final class StrictText {
    private static final int SHOWN_CHARACTERS = 80;
    private static final char REPLACEMENT = '\uFFFD';

    private StrictText() {}

    static String decode(byte[] bytes, int from, int to) throws MalformedLineException {
        // The lenient decoder is much faster and marks malformed bytes; the strict one then tells them from a
        // replacement character that the text really holds.
        String text = new String(bytes, from, to - from, StandardCharsets.UTF_8);
        if (text.indexOf(REPLACEMENT) >= 0) {
            check(bytes, from, to);
        }
        return text;
    }

    private static void check(byte[] bytes, int from, int to) throws MalformedLineException {
        ByteBuffer in = ByteBuffer.wrap(bytes, from, to - from);
        try {
            StandardCharsets.UTF_8.newDecoder().decode(in);
        } catch (CharacterCodingException e) {
            throw new MalformedLineException("byte " + (in.position() - from + 1) + " of '" + shown(bytes, from, to)
                    + "' is not UTF-8. Convert the file, for example with 'iconv -f ISO-8859-1 -t UTF-8'.");
        }
    }

    /** The text, cut, for messages. */
    static String shown(byte[] bytes, int from, int to) {
        int end = Math.min(to, from + 4 * SHOWN_CHARACTERS);
        String text = new String(bytes, from, end - from, StandardCharsets.UTF_8);
        return text.length() <= SHOWN_CHARACTERS ? text : text.substring(0, SHOWN_CHARACTERS) + "...";
    }
}
