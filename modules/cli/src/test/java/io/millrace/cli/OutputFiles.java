// SPDX-License-Identifier: Apache-2.0
package io.millrace.cli;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** An output directory as its readers see it: what is hidden is not there. */
final class OutputFiles {
    private static final int DIFFERENCES_SHOWN = 5;

    private OutputFiles() {}

    /** The files that are visible; none where there is no directory. */
    static List<Path> visible(Path directory) throws IOException {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            for (Path entry : entries) {
                if (!entry.getFileName().toString().startsWith(".")) {
                    files.add(entry);
                }
            }
        } catch (NoSuchFileException e) {
            return List.of();
        }
        return files;
    }

    /** The sorted lines of all visible files. */
    static List<String> rows(Path directory) throws IOException {
        List<String> rows = new ArrayList<>();
        for (Path file : visible(directory)) {
            rows.addAll(Files.readAllLines(file));
        }
        rows.sort(null);
        return rows;
    }

    /** The newest checkpoint that made a file visible, or 0. */
    static long newestCheckpoint(Path directory) throws IOException {
        long newest = 0;
        for (Path file : visible(directory)) {
            String name = file.getFileName().toString();
            newest = Math.max(newest, Long.parseLong(name.substring(name.lastIndexOf('-') + 1)));
        }
        return newest;
    }

    /** How many times which row is there too often or too rarely; empty when both have the same rows. */
    static List<String> differences(List<String> expected, List<String> found) {
        Map<String, Integer> surplus = new HashMap<>();
        found.forEach(row -> surplus.merge(row, 1, Integer::sum));
        expected.forEach(row -> surplus.merge(row, -1, Integer::sum));
        surplus.values().removeIf(count -> count == 0);
        List<String> differences = new TreeSet<>(surplus.keySet())
                .stream()
                        .map(row -> (surplus.get(row) > 0 ? "+" : "") + surplus.get(row) + " " + row)
                        .toList();
        if (differences.size() <= DIFFERENCES_SHOWN) {
            return differences;
        }
        List<String> shown = new ArrayList<>(differences.subList(0, DIFFERENCES_SHOWN));
        shown.add(".. " + differences.size() + " in all");
        return shown;
    }
}
