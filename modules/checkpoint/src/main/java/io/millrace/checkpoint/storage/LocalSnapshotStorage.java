// SPDX-License-Identifier: Apache-2.0
package io.millrace.checkpoint.storage;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Snapshot files in a directory of a POSIX file system, local or shared by all nodes.
 *
 * <p><b>Write order.</b> Bytes go to a temporary file in the target's directory; it is forced to disk, renamed
 * atomically, and the directory is forced, as are the parents of directories that were not known to be durable. When a
 * force or the rename fails the temporary file is deleted and the error raised; nothing is tried twice, because after
 * a failed force the kernel may have dropped the very pages that a second one would report as safe.
 *
 * <p><b>Paths.</b> Each must pass {@link StoragePath#check} ({@link IllegalArgumentException} otherwise), and the real
 * path of its directory must lie below the root's: symbolic links that lead out are refused.
 *
 * <p><b>Reading.</b> A missing, short or long file is refused when it is opened. The checksum is compared when the last
 * byte is read and at no other time: a stream closed early has not been verified.
 *
 * <p><b>Threading.</b> Thread-safe. Writes of different files go on in parallel.
 */
public final class LocalSnapshotStorage implements SnapshotStorage {
    private static final int BUFFER_BYTES = 64 * 1024;

    private final Path root;
    private final SnapshotDirectories directories;

    /**
     * Opens the storage; creates its directory where it is missing.
     *
     * @param root the directory that holds all files
     * @throws IOException when it cannot be created or is not a directory
     */
    public LocalSnapshotStorage(Path root) throws IOException {
        try {
            this.root = SnapshotDirectories.createRoot(root);
        } catch (IOException e) {
            throw failed("open the snapshot storage in", root.toString(), e);
        }
        this.directories = new SnapshotDirectories(this.root);
    }

    @Override
    public StoredFile write(String path, Content content) throws IOException {
        Path target = root.resolve(StoragePath.check(path));
        try {
            return writeDurably(path, target, content);
        } catch (CorruptSnapshotException e) {
            throw e; // from the content: names the file that it was copied from
        } catch (IOException e) {
            throw failed("write snapshot file", target.toString(), e);
        }
    }

    private StoredFile writeDurably(String path, Path target, Content content) throws IOException {
        Path directory = directoryOf(target);
        Path temporary = directory.resolve(target.getFileName() + "." + UUID.randomUUID() + TemporaryFiles.SUFFIX);
        FileChannel channel = directories.createFile(directory, temporary);
        StoredFile written;
        try {
            written = fill(channel, path, content);
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException | RuntimeException | Error e) {
            discard(temporary, e);
            throw e;
        }
        SnapshotDirectories.force(directory);
        return written;
    }

    private static StoredFile fill(FileChannel channel, String path, Content content) throws IOException {
        try (channel) {
            ChecksumOutputStream checksum = new ChecksumOutputStream(Channels.newOutputStream(channel));
            OutputStream buffered = new BufferedOutputStream(checksum, BUFFER_BYTES);
            content.writeTo(buffered);
            buffered.flush();
            StoredFile written = checksum.finish(path);
            channel.force(true);
            return written;
        }
    }

    private static void discard(Path temporary, Throwable cause) {
        try {
            Files.deleteIfExists(temporary);
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
    }

    @Override
    public InputStream read(StoredFile file) throws IOException {
        Path path = root.resolve(StoragePath.check(file.path()));
        try {
            return open(file, path);
        } catch (NoSuchFileException e) {
            throw new CorruptSnapshotException(
                    "Snapshot file " + path + " is missing; expected " + file.length() + " bytes", e);
        } catch (CorruptSnapshotException e) {
            throw e;
        } catch (IOException e) {
            throw failed("read snapshot file", path.toString(), e);
        }
    }

    private InputStream open(StoredFile file, Path path) throws IOException {
        directories.requireInside(path);
        if (!Files.isRegularFile(path)) {
            throw new CorruptSnapshotException("Snapshot file " + path + " is not a regular file");
        }
        FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
        try {
            long found = channel.size();
            if (found != file.length()) {
                throw new CorruptSnapshotException("Snapshot file " + path + " is too "
                        + (found < file.length() ? "short" : "long") + ": expected " + file.length() + " bytes, found "
                        + found);
            }
        } catch (IOException e) {
            channel.close();
            throw e;
        }
        InputStream buffered = new BufferedInputStream(Channels.newInputStream(channel), BUFFER_BYTES);
        return new VerifyingInputStream(buffered, file);
    }

    /**
     * {@inheritDoc}
     *
     * <p>Sorted. The empty string stands for the whole storage. Temporary files, symbolic links and files whose names
     * this storage could not have given are left out.
     */
    @Override
    public List<String> list(String directory) throws IOException {
        return StoredFiles.list(root, resolveDirectory(directory));
    }

    @Override
    public void delete(List<String> paths) throws IOException {
        List<Path> resolved = new ArrayList<>();
        for (String path : paths) {
            resolved.add(root.resolve(StoragePath.check(path)));
        }
        deleteAll(resolved);
    }

    /**
     * Deletes the temporary files that crashed processes left below a directory, and then empty directories.
     *
     * @param directory as in {@link #list}
     * @param notModifiedSinceMs only files last written before this time, in milliseconds since 1970; choose it so far
     *     back that no write of any process can still be under way
     * @return how many files were deleted
     */
    public int deleteAbandonedWrites(String directory, long notModifiedSinceMs) throws IOException {
        List<Path> abandoned = TemporaryFiles.olderThan(resolveDirectory(directory), notModifiedSinceMs);
        deleteAll(abandoned);
        return abandoned.size();
    }

    private Path resolveDirectory(String directory) throws IOException {
        Path path = directory.isEmpty() ? root : root.resolve(StoragePath.check(directory));
        if (Files.exists(path)) {
            directories.requireInside(path);
        }
        return path;
    }

    /** Tries every file before it raises the first error, so that one bad file does not keep the others. */
    private void deleteAll(Collection<Path> files) throws IOException {
        IOException failure = null;
        for (Path file : files) {
            try {
                deleteFile(file);
            } catch (IOException e) {
                failure = firstOf(failure, failed("delete snapshot file", file.toString(), e));
            }
        }
        try {
            directories.removeEmpty(files);
        } catch (IOException e) {
            failure = firstOf(failure, failed("remove empty directories below", root.toString(), e));
        }
        if (failure != null) {
            throw failure;
        }
    }

    private void deleteFile(Path file) throws IOException {
        Path directory = directoryOf(file);
        if (!Files.exists(directory)) {
            return;
        }
        directories.requireInside(directory);
        if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new IOException("it is a directory");
        }
        Files.deleteIfExists(file);
    }

    /** Never null: a checked path has at least one segment below the root. */
    private Path directoryOf(Path file) {
        Path parent = file.getParent();
        return parent == null ? root : parent;
    }

    private static IOException firstOf(@Nullable IOException first, IOException next) {
        if (first == null) {
            return next;
        }
        first.addSuppressed(next);
        return first;
    }

    private static IOException failed(String what, String path, IOException cause) {
        String reason = cause instanceof FileSystemException e && e.getReason() != null
                ? e.getReason()
                : String.valueOf(cause.getMessage());
        return new IOException(
                "Cannot " + what + " " + path + ": " + reason + " ("
                        + cause.getClass().getSimpleName() + ")",
                cause);
    }
}
