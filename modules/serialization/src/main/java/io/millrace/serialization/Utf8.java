// SPDX-License-Identifier: Apache-2.0
package io.millrace.serialization;

import java.nio.charset.StandardCharsets;

/**
 * UTF-8 that loses nothing. A Java string may hold half a surrogate pair (a text cut in the middle of an emoji does);
 * the JDK's encoder turns it into a question mark, so that two different keys would have the same bytes. Here a lone
 * surrogate takes three bytes, as if it were a character. All else is plain UTF-8, and each string has exactly one form.
 */
final class Utf8 {
    private static final char REPLACEMENT = '\uFFFD';

    private Utf8() {}

    /** Number of bytes that {@link #encode} writes. */
    static int length(String value) {
        int chars = value.length();
        if (isAscii(value)) {
            return chars;
        }
        long length = chars;
        for (int i = 0; i < chars; i++) {
            char c = value.charAt(i);
            if (c < 0x80) {
                continue;
            }
            length += c < 0x800 ? 1 : 2;
            if (startsPair(value, i)) {
                i++; // four bytes for the two
            }
        }
        return Math.toIntExact(length);
    }

    /** Without a way out of the loop, which the JIT unrolls the better for it. */
    private static boolean isAscii(String value) {
        int all = 0;
        for (int i = 0; i < value.length(); i++) {
            all |= value.charAt(i);
        }
        return all < 0x80;
    }

    /** Writes the string's bytes, of which there is room for all, and returns the position after them. */
    @SuppressWarnings(
            "deprecation") // getBytes(int, int, byte[], int) is right for ASCII and the only way without a copy
    static int encode(String value, int encodedLength, byte[] target, int offset) {
        int chars = value.length();
        if (encodedLength == chars) {
            value.getBytes(0, chars, target, offset);
            return offset + chars;
        }
        int position = offset;
        for (int i = 0; i < chars; i++) {
            if (startsPair(value, i)) {
                int codePoint = Character.toCodePoint(value.charAt(i), value.charAt(i + 1));
                target[position++] = (byte) (0xf0 | codePoint >> 18);
                target[position++] = (byte) (0x80 | codePoint >> 12 & 0x3f);
                target[position++] = (byte) (0x80 | codePoint >> 6 & 0x3f);
                target[position++] = (byte) (0x80 | codePoint & 0x3f);
                i++;
            } else {
                position = encodeOne(value.charAt(i), target, position);
            }
        }
        return position;
    }

    private static int encodeOne(char c, byte[] target, int offset) {
        int position = offset;
        if (c < 0x80) {
            target[position++] = (byte) c;
        } else if (c < 0x800) {
            target[position++] = (byte) (0xc0 | c >> 6);
            target[position++] = (byte) (0x80 | c & 0x3f);
        } else {
            target[position++] = (byte) (0xe0 | c >> 12);
            target[position++] = (byte) (0x80 | c >> 6 & 0x3f);
            target[position++] = (byte) (0x80 | c & 0x3f);
        }
        return position;
    }

    private static boolean startsPair(String value, int index) {
        return Character.isHighSurrogate(value.charAt(index))
                && index + 1 < value.length()
                && Character.isLowSurrogate(value.charAt(index + 1));
    }

    /**
     * The string of these bytes.
     *
     * @throws CodecException when {@link #encode} cannot have written them
     */
    static String decode(byte[] bytes, int offset, int length) {
        String value = new String(bytes, offset, length, StandardCharsets.UTF_8);
        // The JDK's decoder is fast but replaces what it does not understand: look again when it may have.
        return value.indexOf(REPLACEMENT) < 0 ? value : decodeStrictly(bytes, offset, length);
    }

    private static String decodeStrictly(byte[] bytes, int offset, int length) {
        StringBuilder value = new StringBuilder(length);
        int end = offset + length;
        int position = offset;
        while (position < end) {
            int first = bytes[position] & 0xff;
            int size = sizeOf(first, position);
            if (size > end - position) {
                throw malformed(position);
            }
            int codePoint = size == 1 ? first : first & 0x7f >> size;
            for (int i = 1; i < size; i++) {
                codePoint = codePoint << 6 | continuation(bytes, position + i);
            }
            appendChecked(value, codePoint, size, position);
            position += size;
        }
        return value.toString();
    }

    private static int sizeOf(int first, int position) {
        if (first < 0x80) {
            return 1;
        }
        if (first >= 0xc2 && first < 0xe0) {
            return 2;
        }
        if (first >= 0xe0 && first < 0xf0) {
            return 3;
        }
        if (first >= 0xf0 && first < 0xf5) {
            return 4;
        }
        throw malformed(position);
    }

    private static int continuation(byte[] bytes, int position) {
        if ((bytes[position] & 0xc0) != 0x80) {
            throw malformed(position);
        }
        return bytes[position] & 0x3f;
    }

    private static void appendChecked(StringBuilder value, int codePoint, int size, int position) {
        boolean tooLong = size == 3 && codePoint < 0x800 || size == 4 && codePoint < 0x10000;
        boolean pairInHalves = codePoint <= 0xffff
                && Character.isLowSurrogate((char) codePoint)
                && value.length() > 0
                && Character.isHighSurrogate(value.charAt(value.length() - 1));
        if (tooLong || pairInHalves || codePoint > Character.MAX_CODE_POINT) {
            throw malformed(position);
        }
        value.appendCodePoint(codePoint);
    }

    private static CodecException malformed(int position) {
        return new CodecException("Expected UTF-8 text, found other bytes at position " + position
                + ": the bytes are damaged or of another type.");
    }
}
