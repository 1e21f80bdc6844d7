// SPDX-License-Identifier: Apache-2.0
package io.millrace.connector.files;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * The decompressed bytes of a file from a split's position on. Blocks: used on IO threads. A file that changes while it
 * is read is an error, as its positions no longer mean what they did.
 */
final class FileBytes implements Closeable {
    private static final int GZIP_BUFFER_BYTES = 1 << 15;
    private static final int BOM_LENGTH = 3;

    private final FileSplit split;
    private final Path file;
    private final FileTime modifiedAtOpen;
    private final InputStream in;
    private long offset;

    private FileBytes(FileSplit split, Path file, FileTime modifiedAtOpen, InputStream in, long offset) {
        this.split = split;
        this.file = file;
        this.modifiedAtOpen = modifiedAtOpen;
        this.in = in;
        this.offset = offset;
    }

    /** Where reading begins: a byte early, so that the line end before the position tells where a line begins. */
    static long firstByte(FileSplit split) {
        return Math.max(0, split.position() - 1);
    }

    /** Opens a file at {@link #firstByte}. */
    static FileBytes open(FileSplit split) throws IOException {
        Path file = Path.of(split.path());
        long offset = firstByte(split);
        @Nullable InputStream opened = null;
        try {
            long size = Files.size(file);
            if (size != split.fileSize()) {
                throw changed(split, "it had " + split.fileSize() + " bytes when it was listed and has " + size);
            }
            FileTime modified = Files.getLastModifiedTime(file);
            opened = stream(split.path(), offset);
            return new FileBytes(split, file, modified, opened, offset);
        } catch (IOException e) {
            close(opened);
            throw explained(split.path(), offset, e);
        }
    }

    /**
     * The first line of a file, without a byte order mark and its line end.
     *
     * @throws IOException also when it is longer than {@code maxLineBytes} or not UTF-8
     */
    static String firstLine(String path, int maxLineBytes) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        try (InputStream in = new BufferedInputStream(stream(path, 0))) {
            for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
                line.write(next);
                if (line.size() > maxLineBytes) {
                    throw new IOException("The first line of the file '" + path + "' is longer than " + maxLineBytes
                            + " bytes. Is it a text file? If its lines are that long, raise withMaxLineSize.");
                }
            }
        } catch (IOException e) {
            throw explained(path, line.size(), e);
        }
        byte[] bytes = line.toByteArray();
        int from = bomLength(bytes, 0, bytes.length);
        int to = bytes.length > from && bytes[bytes.length - 1] == '\r' ? bytes.length - 1 : bytes.length;
        try {
            return StrictText.decode(bytes, from, to);
        } catch (MalformedLineException e) {
            throw new IOException("File '" + path + "', line 1: " + e.getMessage(), e);
        }
    }

    /** Length of the UTF-8 byte order mark that some programs write first, or 0. */
    static int bomLength(byte[] bytes, int from, int to) {
        boolean bom = to - from >= BOM_LENGTH
                && bytes[from] == (byte) 0xEF
                && bytes[from + 1] == (byte) 0xBB
                && bytes[from + 2] == (byte) 0xBF;
        return bom ? BOM_LENGTH : 0;
    }

    private static InputStream stream(String path, long offset) throws IOException {
        Path file = Path.of(path);
        if (!FileSplit.isGzip(path)) {
            FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
            channel.position(offset);
            return Channels.newInputStream(channel);
        }
        InputStream compressed = Files.newInputStream(file);
        try {
            InputStream in = new GZIPInputStream(compressed, GZIP_BUFFER_BYTES);
            in.skipNBytes(offset);
            return in;
        } catch (IOException e) {
            close(compressed);
            throw e;
        }
    }

    /** Fills the block; less is read at the end of the file only. */
    int read(byte[] block) throws IOException {
        int read;
        try {
            read = in.readNBytes(block, 0, block.length);
            checkUnchanged();
        } catch (IOException e) {
            throw explained(split.path(), offset, e);
        }
        offset += read;
        return read;
    }

    private void checkUnchanged() throws IOException {
        long size = Files.size(file);
        if (size != split.fileSize()) {
            throw changed(split, "it had " + split.fileSize() + " bytes when it was listed and has " + size);
        }
        FileTime modified = Files.getLastModifiedTime(file);
        if (!modified.equals(modifiedAtOpen)) {
            throw changed(split, "it was modified at " + modified);
        }
    }

    /** The file is not what it was when the split was made. */
    static IOException changed(FileSplit split, String how) {
        return new ChangedFileException("The file '" + split.path() + "' changed while the job reads it: " + how
                + ". Positions in it are no longer valid. Put the file back as it was and recover the job, or start"
                + " the job afresh; write new data to new files.");
    }

    private static IOException explained(String path, long offset, IOException e) {
        if (e instanceof ChangedFileException) {
            return e;
        }
        if (e instanceof NoSuchFileException) {
            return new IOException(
                    "The file '" + path + "' is gone, though it was there when the files were listed."
                            + " Every node that runs the job needs it at this path until the job has ended.",
                    e);
        }
        boolean damaged = FileSplit.isGzip(path) && (e instanceof ZipException || e instanceof EOFException);
        return damaged
                ? new IOException(
                        "The file '" + path + "' is not intact gzip data beyond byte " + offset + " of its contents: "
                                + e.getMessage() + ". Check it with 'gzip -t'.",
                        e)
                : new IOException("Cannot read the file '" + path + "' at byte " + offset + ": " + e, e);
    }

    private static void close(@Nullable InputStream in) throws IOException {
        if (in != null) {
            in.close();
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    /** Said in full where it is thrown. */
    private static final class ChangedFileException extends IOException {
        private static final long serialVersionUID = 1L;

        private ChangedFileException(String message) {
            super(message);
        }
    }
}
