// SPDX-License-Identifier: Apache-2.0
package io.millrace.checkpoint.storage;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;

/** Files that are being written, or were when their process died. */
final class TemporaryFiles {
    /** Holds a character that no {@link StoragePath} has, so no snapshot file can be taken for a temporary one. */
    static final String SUFFIX = ".~tmp";

    private TemporaryFiles() {}

    /** Temporary files below a directory that were last written before a time. */
    static List<Path> olderThan(Path directory, long notModifiedSinceMs) throws IOException {
        List<Path> found = new ArrayList<>();
        if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
            return found;
        }
        Files.walkFileTree(directory, new TolerantVisitor() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                boolean temporary =
                        attributes.isRegularFile() && file.toString().endsWith(SUFFIX);
                if (temporary && attributes.lastModifiedTime().toMillis() < notModifiedSinceMs) {
                    found.add(file);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return found;
    }

    /** Walks on where a file or directory is deleted meanwhile. */
    abstract static class TolerantVisitor extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            if (e instanceof NoSuchFileException) {
                return FileVisitResult.CONTINUE;
            }
            throw e;
        }
    }
}
