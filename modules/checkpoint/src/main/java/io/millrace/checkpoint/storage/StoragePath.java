// SPDX-License-Identifier: Apache-2.0
package io.millrace.checkpoint.storage;

/**
 * What a relative path of a {@link SnapshotStorage} may look like: segments of letters, digits, '.', '_' and '-',
 * separated by single slashes. Neither an absolute path nor one that climbs out can be written in it, so what such a
 * path names is always below the storage's root.
 */
public final class StoragePath {
    /** Characters of one segment; leaves a file system's usual 255 bytes room for the suffix of a temporary name. */
    public static final int MAX_SEGMENT_LENGTH = 200;

    /** Characters of a whole path. */
    public static final int MAX_LENGTH = 1024;

    /** Characters of a refused path that its error repeats, so that hostile input does not fill the log. */
    private static final int MAX_QUOTED = 100;

    private StoragePath() {}

    /**
     * Returns the path, or refuses it.
     *
     * @throws IllegalArgumentException naming the path and what is wrong with it
     */
    public static String check(String path) {
        if (path.length() > MAX_LENGTH) {
            throw refused(path, "is longer than " + MAX_LENGTH + " characters");
        }
        for (String segment : path.split("/", -1)) {
            checkSegment(path, segment);
        }
        return path;
    }

    static boolean isValidSegment(String segment) {
        return !segment.isEmpty()
                && segment.length() <= MAX_SEGMENT_LENGTH
                && !segment.equals(".")
                && !segment.equals("..")
                && segment.chars().allMatch(StoragePath::isAllowed);
    }

    private static void checkSegment(String path, String segment) {
        if (segment.isEmpty()) {
            throw refused(path, "has an empty segment; it must be relative, with single slashes inside only");
        }
        if (segment.length() > MAX_SEGMENT_LENGTH) {
            throw refused(path, "has a segment longer than " + MAX_SEGMENT_LENGTH + " characters");
        }
        if (!isValidSegment(segment)) {
            throw refused(
                    path, "has a segment other than letters, digits, '.', '_' and '-', or one that is '.' or '..'");
        }
    }

    private static boolean isAllowed(int c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '.'
                || c == '_'
                || c == '-';
    }

    private static IllegalArgumentException refused(String path, String why) {
        String quoted = path.length() <= MAX_QUOTED ? path : path.substring(0, MAX_QUOTED) + "...";
        StringBuilder printable = new StringBuilder();
        quoted.chars().forEach(c -> printable.append(c >= ' ' && c < 0x7f ? (char) c : '?'));
        return new IllegalArgumentException("Snapshot path \"" + printable + "\" " + why);
    }
}
