// SPDX-License-Identifier: Apache-2.0
package io.millrace.checkpoint.manifest;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Ids of any characters as parts of file names, different ones for different ids.
 *
 * <p>Letters, digits and inner dots stand for themselves; any other character becomes {@code _} and two hexadecimal
 * digits, or {@code _u} and four. As {@code _} itself is escaped, this can be undone, so no two ids meet. A result that
 * is too long is cut, and {@code _h} and 128 bits of the id's SHA-256 appended.
 */
final class EscapedId {
    /** Three of these, two numbers and the rest of a name stay below a path segment's limit. */
    static final int MAX_LENGTH = 56;

    private static final int KEPT_OF_LONG = 20;
    private static final int HASH_BYTES = 16;

    private EscapedId() {}

    /** For a name in which '-' separates: escapes that too. */
    static String ofPart(String id) {
        return escape(id, false);
    }

    /** For a directory's whole name, where '-' (as in a UUID) stays readable. */
    static String ofSegment(String id) {
        return escape(id, true);
    }

    private static String escape(String id, boolean keepHyphen) {
        Require.notEmpty("id", id);
        StringBuilder escaped = new StringBuilder();
        for (int i = 0; i < id.length(); i++) {
            append(escaped, id.charAt(i), keepHyphen);
        }
        if (escaped.length() <= MAX_LENGTH) {
            return escaped.toString();
        }
        return escaped.substring(0, KEPT_OF_LONG) + "_h" + hash(id);
    }

    private static void append(StringBuilder escaped, char c, boolean keepHyphen) {
        boolean letterOrDigit = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        // A leading dot would hide the file, and "." and ".." are no names.
        boolean innerDot = c == '.' && escaped.length() > 0;
        if (letterOrDigit || innerDot || (keepHyphen && c == '-')) {
            escaped.append(c);
        } else if (c < 0x80) {
            escaped.append('_').append(HexFormat.of().toHexDigits((byte) c));
        } else {
            escaped.append("_u").append(HexFormat.of().toHexDigits(c));
        }
    }

    private static String hash(String id) {
        try {
            // UTF-16 keeps unpaired surrogates apart, which UTF-8 would turn into one replacement character.
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (int i = 0; i < id.length(); i++) {
                digest.update((byte) (id.charAt(i) >>> 8));
                digest.update((byte) id.charAt(i));
            }
            return HexFormat.of().formatHex(digest.digest(), 0, HASH_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
