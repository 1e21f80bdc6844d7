// SPDX-License-Identifier: Apache-2.0
package io.millrace.server;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A node's directory, held by one process at a time. The operating system drops the lock of a process that dies, so
 * nothing is left to clean up after a crash; the file beside it only names the holder.
 */
final class NodeDirectory implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(NodeDirectory.class);

    /**
     * Directories that nodes of this process hold. A process that opens a lock file once more and closes it again loses
     * its lock (POSIX), so a second node in one process must be turned away before it touches the file.
     */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path dir;
    private final Path key;
    private final FileChannel channel;

    private NodeDirectory(Path dir, Path key, FileChannel channel) {
        this.dir = dir;
        this.key = key;
        this.channel = channel;
    }

    /** Creates the directory where it is missing and locks it. */
    static NodeDirectory open(Path given) throws NodeStartException {
        Path dir = create(given.toAbsolutePath().normalize());
        Path key;
        try {
            key = dir.toRealPath();
        } catch (IOException e) {
            throw notWritable(dir, e);
        }
        if (!HELD.add(key)) {
            throw inUse(dir);
        }
        boolean opened = false;
        try {
            NodeDirectory directory = lock(dir, key);
            opened = true;
            return directory;
        } catch (IOException e) {
            throw notWritable(dir, e);
        } finally {
            if (!opened) {
                HELD.remove(key);
            }
        }
    }

    private static NodeDirectory lock(Path dir, Path key) throws IOException, NodeStartException {
        FileChannel channel =
                FileChannel.open(dir.resolve("node.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() == null) {
                throw inUse(dir);
            }
            Files.writeString(pidFile(dir), ProcessHandle.current().pid() + "\n");
            return new NodeDirectory(dir, key, channel);
        } catch (IOException | NodeStartException e) {
            channel.close();
            throw e;
        }
    }

    Path path() {
        return dir;
    }

    private static Path create(Path dir) throws NodeStartException {
        try {
            Files.createDirectories(dir);
            return dir;
        } catch (FileAlreadyExistsException e) {
            throw new NodeStartException(
                    "A node keeps its files in a directory, but " + e.getFile()
                            + " is a file. Name a directory, or a path where one can be created.",
                    e);
        } catch (IOException e) {
            throw notWritable(dir, e);
        }
    }

    private static NodeStartException notWritable(Path dir, IOException e) {
        return new NodeStartException(
                "The directory " + dir + " cannot be written to: "
                        + e.getClass().getSimpleName() + " at " + e.getMessage()
                        + ". Make it writable, or name another.",
                e);
    }

    private static NodeStartException inUse(Path dir) {
        return new NodeStartException("The directory " + dir + " is in use by another node" + holder(dir)
                + ". Stop that one, or give this one a directory of its own.");
    }

    private static String holder(Path dir) {
        try {
            String pid = Files.readString(pidFile(dir)).strip();
            return pid.isEmpty() ? "" : ", process " + pid;
        } catch (IOException e) {
            return "";
        }
    }

    private static Path pidFile(Path dir) {
        return dir.resolve("node.pid");
    }

    /** Lets the next process have the directory. */
    @Override
    public void close() {
        try {
            // The name goes first: once the lock is gone it may be the next holder's.
            Files.deleteIfExists(pidFile(dir));
        } catch (IOException e) {
            LOG.warn("{} stays behind: {}", pidFile(dir), e.toString());
        }
        try {
            channel.close();
        } catch (IOException e) {
            LOG.warn("The lock of {} stays until the process ends: {}", dir, e.toString());
        }
        HELD.remove(key);
    }
}
