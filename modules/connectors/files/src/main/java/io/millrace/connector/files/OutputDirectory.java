// SPDX-License-Identifier: Apache-2.0
package io.millrace.connector.files;

import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.function.Predicate;

/** The directory of a sink: checks before the first file, cleanup, and making names durable. Blocks. */
final class OutputDirectory {
    private final Path path;

    OutputDirectory(Path path) {
        this.path = path;
    }

    Path resolve(String name) {
        return path.resolve(name);
    }

    /** Makes the directory where it is missing, and checks that files can be made in it. */
    void prepare() throws IOException {
        try {
            Files.createDirectories(path);
        } catch (FileAlreadyExistsException e) {
            throw new IOException(
                    "The output directory '" + path + "' cannot be made: '" + e.getFile()
                            + "' is a file. Choose another directory.",
                    e);
        } catch (IOException e) {
            throw new IOException(
                    "The output directory '" + path + "' cannot be made: " + e
                            + ". Choose another one, or let user '" + System.getProperty("user.name")
                            + "' write to its parent.",
                    e);
        }
        if (!Files.isWritable(path)) {
            throw new IOException("The output directory '" + path + "' is read-only for user '"
                    + System.getProperty("user.name") + "'. Grant write permission or choose another one.");
        }
    }

    /** A job that starts afresh must not mix its output with what is there. */
    void refuseIfNotEmpty(String jobName) throws IOException {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(path)) {
            for (Path entry : entries) {
                if (!entry.getFileName().toString().startsWith(".") && !Files.isDirectory(entry)) {
                    throw new IOException("The output directory '" + path + "' is not empty: it holds '"
                            + entry.getFileName() + "'. Job '" + jobName + "' starts afresh, and its output would mix"
                            + " with what is there. Choose an empty directory, or move the files away.");
                }
            }
        }
    }

    void deleteIf(Predicate<String> condition) throws IOException {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(path, ".part-*")) {
            for (Path entry : entries) {
                if (condition.test(entry.getFileName().toString())) {
                    Files.deleteIfExists(entry);
                }
            }
        }
    }

    /** Hides every visible part file that {@code condition} picks; nothing is deleted. */
    void withdrawIf(Predicate<String> condition) throws IOException {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(path, "part-*")) {
            for (Path entry : entries) {
                String name = entry.getFileName().toString();
                if (condition.test(name)) {
                    Files.move(entry, path.resolve(PartNames.withdrawn(name)), StandardCopyOption.ATOMIC_MOVE);
                }
            }
        }
    }

    /** Makes names durable; Windows cannot, and need not, open a directory for that. */
    void sync() throws IOException {
        if (File.separatorChar != '/') {
            return;
        }
        try (FileChannel directory = FileChannel.open(path, StandardOpenOption.READ)) {
            directory.force(true);
        }
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
