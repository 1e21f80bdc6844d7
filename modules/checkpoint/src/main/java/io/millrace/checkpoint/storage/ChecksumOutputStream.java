// SPDX-License-Identifier: Apache-2.0
package io.millrace.checkpoint.storage;

import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.CRC32C;

/**
 * Counts and checksums what goes through. Closing it does not close the stream below, which its owner still has to
 * force to disk; after {@link #finish} it takes no more bytes, so what was counted is what is in the file.
 */
final class ChecksumOutputStream extends OutputStream {
    private final OutputStream out;
    private final CRC32C crc = new CRC32C();
    private long length;
    private boolean finished;

    ChecksumOutputStream(OutputStream out) {
        this.out = out;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int count) throws IOException {
        if (finished) {
            throw new IOException("The file is written already; write to the stream only during Content.writeTo");
        }
        out.write(bytes, offset, count);
        crc.update(bytes, offset, count);
        length += count;
    }

    @Override
    public void flush() throws IOException {
        out.flush();
    }

    /** Takes no more bytes from here on, and returns the handle of those it took. */
    StoredFile finish(String path) {
        finished = true;
        return new StoredFile(path, length, crc.getValue());
    }
}
