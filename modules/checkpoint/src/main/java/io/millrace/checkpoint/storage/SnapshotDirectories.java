// SPDX-License-Identifier: Apache-2.0
package io.millrace.checkpoint.storage;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Makes directories durable, keeps paths inside the root, and removes empty directories.
 *
 * <p>A file is only as durable as every directory entry that leads to it. So a directory's parent is forced before the
 * first file goes into it, even when another thread or process made it: that one may not have forced it yet. Which
 * directories are known to be durable is remembered, in bounded number.
 *
 * <p><b>Threading.</b> One lock guards creation and removal: a directory is not removed between its creation and that
 * of the file it was made for.
 */
final class SnapshotDirectories {
    /** Directories remembered as durable; forgetting one costs a force. */
    private static final int MAX_REMEMBERED = 256;

    private final Path root;
    private final Object lock = new Object();

    /** Guarded by {@link #lock}. */
    private final Set<Path> durable = Collections.newSetFromMap(new LinkedHashMap<Path, Boolean>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Path, Boolean> eldest) {
            return size() > MAX_REMEMBERED;
        }
    });

    SnapshotDirectories(Path root) {
        this.root = root;
    }

    /** Creates the root, durably, and returns its real path. */
    static Path createRoot(Path root) throws IOException {
        createChain(root.toAbsolutePath().normalize());
        return root.toRealPath();
    }

    private static void createChain(Path directory) throws IOException {
        Path parent = directory.getParent();
        if (Files.isDirectory(directory) || parent == null) {
            return;
        }
        createChain(parent);
        createDirectory(directory);
        force(parent);
    }

    /** Opens a new file for writing in a directory that is made, or known to be, durable. */
    FileChannel createFile(Path directory, Path file) throws IOException {
        synchronized (lock) {
            makeDurable(directory);
            requireInside(directory);
            return FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        }
    }

    private void makeDurable(Path directory) throws IOException {
        Path parent = directory.getParent();
        if (directory.equals(root) || parent == null || (durable.contains(directory) && Files.isDirectory(directory))) {
            return;
        }
        makeDurable(parent);
        createDirectory(directory);
        // Before anything is made below it: a link that leads out must not grow directories there.
        requireInside(directory);
        force(parent);
        durable.add(directory);
    }

    private static void createDirectory(Path directory) throws IOException {
        try {
            Files.createDirectory(directory);
        } catch (FileAlreadyExistsException e) {
            if (!Files.isDirectory(directory)) {
                throw new NotDirectoryException(directory.toString());
            }
        }
    }

    /** Refuses an existing file or directory whose real path is outside the root. */
    void requireInside(Path existing) throws IOException {
        if (!isInside(existing)) {
            throw new IOException("it leads to " + existing.toRealPath() + ", outside of the storage " + root
                    + "; remove the symbolic link or make that directory the root");
        }
    }

    private boolean isInside(Path existing) throws IOException {
        return existing.toRealPath().startsWith(root);
    }

    /** Removes the directories of files, and theirs, as far as they are empty. */
    void removeEmpty(Collection<Path> files) throws IOException {
        Set<Path> parents = new TreeSet<>();
        for (Path file : files) {
            Path parent = file.getParent();
            if (parent != null) {
                parents.add(parent);
            }
        }
        synchronized (lock) {
            for (Path parent : parents) {
                removeEmptyUpwards(parent);
            }
        }
    }

    private void removeEmptyUpwards(Path directory) throws IOException {
        Path next = directory;
        while (next != null && !next.equals(root) && next.startsWith(root)) {
            try {
                if (Files.exists(next) && !isInside(next)) {
                    return;
                }
                Files.deleteIfExists(next);
                durable.remove(next);
            } catch (DirectoryNotEmptyException | NoSuchFileException e) {
                return; // in use, or another process was faster
            }
            next = next.getParent();
        }
    }

    /** Forces a directory's entries to disk. */
    static void force(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
