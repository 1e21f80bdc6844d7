// SPDX-License-Identifier: Apache-2.0
package io.millrace.cli;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * Where a demo keeps its files. A mark is left when the demo has ended: the next one in the default directory starts
 * afresh then, and goes on where it was interrupted otherwise.
 */
final class DemoDirectory {
    private static final String MARK = "demo-has-ended";

    private final Path dir;

    DemoDirectory(Path dir) {
        this.dir = dir.toAbsolutePath().normalize();
    }

    Path path() {
        return dir;
    }

    /** True when a demo ran here to its end. */
    boolean hasEnded() {
        return Files.exists(dir.resolve(MARK));
    }

    void markEnded() throws IOException {
        Files.writeString(
                dir.resolve(MARK), "A demo ran here to its end; the next one in its default directory replaces it.\n");
    }

    /** Deletes the directory; only one with the mark, which goes last so that a deletion cut short is repeated. */
    void clear() throws IOException {
        if (!hasEnded()) {
            throw new IllegalStateException(dir + " is not the directory of a demo that has ended");
        }
        Files.walkFileTree(dir, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                if (!file.equals(dir.resolve(MARK))) {
                    Files.delete(file);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, @org.jspecify.annotations.Nullable IOException error)
                    throws IOException {
                if (error != null) {
                    throw error;
                }
                if (!folder.equals(dir)) {
                    Files.delete(folder);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        Files.delete(dir.resolve(MARK));
    }
}
