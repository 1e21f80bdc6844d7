// SPDX-License-Identifier: Apache-2.0
package io.millrace.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;

/**
 * Reads the output of a job while the job runs, fails and comes back, on a thread of its own, and notes what a reader
 * must never see: a file that is not committed, one that changes or goes away, a window of an origin a second time.
 */
final class OutputReader implements AutoCloseable {
    private static final Pattern COMMITTED = Pattern.compile("part-[A-Za-z0-9]+-files-\\d+-\\d+-\\d+");
    private static final long PAUSE_NS = TimeUnit.MILLISECONDS.toNanos(5);

    private record Seen(byte[] content, Object file, long modifiedMs) {}

    private final Path directory;
    private final Map<Path, Seen> files = new HashMap<>();
    private final Map<String, Path> windows = new HashMap<>();
    private final Set<String> violations = new LinkedHashSet<>();
    private final Thread thread;
    private volatile boolean stopped;
    private int looks;

    OutputReader(Path directory) {
        this.directory = directory;
        this.thread = new Thread(this::readOn, "output-reader");
        thread.start();
    }

    private void readOn() {
        while (!stopped) {
            look();
            LockSupport.parkNanos(PAUSE_NS);
        }
    }

    private synchronized void look() {
        looks++;
        try {
            for (Map.Entry<Path, Seen> entry : files.entrySet()) {
                checkUnchanged(entry.getKey(), entry.getValue());
            }
            for (Path file : OutputFiles.visible(directory)) {
                if (!files.containsKey(file)) {
                    readFirst(file);
                }
            }
        } catch (IOException e) {
            violations.add("what was visible cannot be read: " + e);
        }
    }

    private void checkUnchanged(Path file, Seen seen) throws IOException {
        BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
        boolean same = now.size() == seen.content().length
                && now.lastModifiedTime().toMillis() == seen.modifiedMs()
                && String.valueOf(now.fileKey()).equals(String.valueOf(seen.file()));
        if (!same) {
            violations.add(file.getFileName() + " has changed");
        }
    }

    private void readFirst(Path file) throws IOException {
        String name = file.getFileName().toString();
        if (!COMMITTED.matcher(name).matches()) {
            violations.add(name + " is visible, but is not the name of a committed file");
        }
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        files.put(
                file,
                new Seen(
                        Files.readAllBytes(file),
                        attributes.fileKey(),
                        attributes.lastModifiedTime().toMillis()));
        for (String row : Files.readAllLines(file)) {
            String[] fields = row.split(",");
            Path before = windows.put(fields[0] + "," + fields[1], file);
            if (before != null) {
                violations.add(fields[0] + "," + fields[1] + " is in " + before.getFileName() + " and in " + name);
            }
        }
    }

    /** How many files it has seen. */
    synchronized int files() {
        return files.size();
    }

    /** Stops reading; what a reader must not see, and how often and how much was looked at. */
    Findings finish() throws InterruptedException, IOException {
        close();
        look();
        synchronized (this) {
            for (Map.Entry<Path, Seen> entry : files.entrySet()) {
                Path file = entry.getKey();
                boolean same = Files.exists(file)
                        && Arrays.equals(
                                Files.readAllBytes(file), entry.getValue().content());
                if (!same) {
                    violations.add(file.getFileName() + " has other contents than when it was first seen");
                }
            }
            return new Findings(List.copyOf(violations), looks, files.size(), windows.size());
        }
    }

    /**
     * What a reader saw.
     *
     * @param violations what it must not see
     * @param looks how often it listed the directory
     * @param files files that it saw
     * @param windows windows of origins in them
     */
    record Findings(List<String> violations, int looks, int files, int windows) {}

    @Override
    public void close() throws InterruptedException {
        stopped = true;
        thread.join();
    }
}
