// SPDX-License-Identifier: Apache-2.0
package io.millrace.connector.files;

import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;

/**
 * Finds the files of paths and globs and cuts them into splits. Blocks: runs on an IO thread. Within a glob files come
 * in the order of their paths; a file that is named twice is read once.
 */
final class FileLister implements Callable<List<FileSplit>> {
    private static final String GLOB_CHARACTERS = "*?[{";

    private final List<String> patterns;
    private final long splitSizeBytes;

    FileLister(List<String> patterns, long splitSizeBytes) {
        this.patterns = patterns;
        this.splitSizeBytes = splitSizeBytes;
    }

    @Override
    public List<FileSplit> call() throws IOException {
        Set<Path> files = new LinkedHashSet<>();
        for (String pattern : patterns) {
            files.addAll(find(pattern));
        }
        List<FileSplit> splits = new ArrayList<>();
        for (Path file : files) {
            cut(file, splits);
        }
        return splits;
    }

    private static Set<Path> find(String pattern) throws IOException {
        if (!isGlob(pattern) || existsLiterally(pattern)) {
            return Set.of(Path.of(pattern).toAbsolutePath().normalize());
        }
        // Patterns are matched against absolute paths, so the part before the first glob character is made absolute.
        int glob = firstGlobCharacter(pattern);
        int slash = pattern.lastIndexOf('/', glob);
        Path directory = Path.of(slash < 0 ? "" : pattern.substring(0, slash + 1))
                .toAbsolutePath()
                .normalize();
        String rest = pattern.substring(slash + 1);
        Set<Path> found = Files.isDirectory(directory) ? walk(directory, rest) : Set.of();
        if (found.isEmpty()) {
            throw new IOException("No file matches '" + pattern + "': looked in " + directory
                    + (Files.isDirectory(directory) ? "" : ", which is not a directory")
                    + ". Check the path; relative ones begin at the working directory of the process that runs the"
                    + " job. Files whose names begin with a dot match only patterns that begin with one.");
        }
        return found;
    }

    private static Set<Path> walk(Path directory, String rest) throws IOException {
        PathMatcher matcher = directory.getFileSystem().getPathMatcher("glob:" + rest);
        boolean hidden = rest.substring(rest.lastIndexOf('/') + 1).startsWith(".");
        int depth = rest.contains("**") ? Integer.MAX_VALUE : rest.split("/").length;
        Set<Path> found = new TreeSet<>();
        Files.walkFileTree(directory, Set.of(FileVisitOption.FOLLOW_LINKS), depth, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                boolean visible = hidden || !file.getFileName().toString().startsWith(".");
                if (attributes.isRegularFile() && visible && matcher.matches(directory.relativize(file))) {
                    found.add(file);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException cause) throws IOException {
                if (cause instanceof NoSuchFileException || cause instanceof FileSystemLoopException) {
                    return FileVisitResult.CONTINUE;
                }
                throw new IOException(
                        "Cannot look into '" + file + "' for files that match '" + rest
                                + "'. Grant read permission on it or write a narrower pattern.",
                        cause);
            }
        });
        return found;
    }

    private void cut(Path file, List<FileSplit> splits) throws IOException {
        check(file);
        String path = file.toString();
        long size = Files.size(file);
        if (FileSplit.isGzip(path)) {
            splits.add(FileSplit.unread(path, 0, Long.MAX_VALUE, size));
            return;
        }
        long start = 0;
        do {
            // Written so that a split size near Long.MAX_VALUE does not overflow.
            long end = size - start <= splitSizeBytes ? size : start + splitSizeBytes;
            splits.add(FileSplit.unread(path, start, end, size));
            start = end;
        } while (start < size);
    }

    private static void check(Path file) throws IOException {
        if (Files.isDirectory(file)) {
            throw new IOException(
                    "'" + file + "' is a directory, not a file. Name its files, for example '" + file + "/*.csv'.");
        }
        if (!Files.exists(file)) {
            throw new IOException("There is no file '" + file + "'. Check the path; relative ones begin at the working"
                    + " directory of the process that runs the job, and every node needs the file.");
        }
        if (!Files.isReadable(file)) {
            throw new IOException("The file '" + file + "' cannot be read by user '" + System.getProperty("user.name")
                    + "'. Grant read permission on it and its directories.");
        }
    }

    private static boolean isGlob(String pattern) {
        return firstGlobCharacter(pattern) < pattern.length();
    }

    private static int firstGlobCharacter(String pattern) {
        int i = 0;
        while (i < pattern.length() && GLOB_CHARACTERS.indexOf(pattern.charAt(i)) < 0) {
            i++;
        }
        return i;
    }

    private static boolean existsLiterally(String pattern) {
        try {
            return Files.exists(Path.of(pattern));
        } catch (InvalidPathException e) {
            return false;
        }
    }
}
