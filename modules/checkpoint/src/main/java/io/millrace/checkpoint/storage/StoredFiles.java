// SPDX-License-Identifier: Apache-2.0
package io.millrace.checkpoint.storage;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Lists what a {@link LocalSnapshotStorage} has written. */
final class StoredFiles {
    private StoredFiles() {}

    /** Relative paths of the files below a directory that the storage could have written, sorted. */
    static List<String> list(Path root, Path directory) throws IOException {
        List<String> found = new ArrayList<>();
        if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
            return found;
        }
        Files.walkFileTree(directory, new TemporaryFiles.TolerantVisitor() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                Path relative = root.relativize(file);
                if (attributes.isRegularFile() && isOwn(relative)) {
                    found.add(join(relative));
                }
                return FileVisitResult.CONTINUE;
            }
        });
        found.sort(null);
        return found;
    }

    private static boolean isOwn(Path relative) {
        return StreamSupport.stream(relative.spliterator(), false)
                .allMatch(segment -> StoragePath.isValidSegment(segment.toString()));
    }

    private static String join(Path relative) {
        return StreamSupport.stream(relative.spliterator(), false)
                .map(Path::toString)
                .collect(Collectors.joining("/"));
    }
}
