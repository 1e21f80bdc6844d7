// SPDX-License-Identifier: Apache-2.0
package io.millrace.runtime.loop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The folder of one queue. What a crash leaves there is worth nothing, as the state comes from the checkpoint: so it is
 * emptied first, and nothing in it is ever forced to disk. Thread-safe, as files do not share anything.
 */
final class SpillFolder {
    private final Path folder;

    SpillFolder(Path folder) {
        this.folder = folder;
    }

    /** Deletes everything in it, and the folder. */
    void delete() throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        List<Path> paths;
        try (Stream<Path> found = Files.walk(folder)) {
            paths = found.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : paths) {
            Files.deleteIfExists(path);
        }
    }

    void write(String name, byte[] bytes) throws IOException {
        Files.createDirectories(folder);
        Files.write(folder.resolve(name), bytes);
    }

    byte[] read(String name) throws IOException {
        try {
            return Files.readAllBytes(folder.resolve(name));
        } catch (NoSuchFileException e) {
            throw new IOException(
                    "The file " + folder.resolve(name) + " of feedback is gone: nothing but the job may delete it.", e);
        }
    }

    void delete(String name) throws IOException {
        Files.deleteIfExists(folder.resolve(name));
    }
}
