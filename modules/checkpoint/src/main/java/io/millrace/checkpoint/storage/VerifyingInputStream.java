// SPDX-License-Identifier: Apache-2.0
package io.millrace.checkpoint.storage;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.zip.CRC32C;

/**
 * Checks length and checksum while a file is read. The read that would deliver the last byte fails instead when the
 * checksum differs, so a reader that knows the length and never asks for the end is not fooled either. A stream closed
 * before its end has been checked for nothing. Not thread-safe.
 */
final class VerifyingInputStream extends InputStream {
    private final InputStream in;
    private final StoredFile file;
    private final CRC32C crc = new CRC32C();
    private long remaining;
    private boolean verified;

    VerifyingInputStream(InputStream in, StoredFile file) {
        this.in = in;
        this.file = file;
        this.remaining = file.length();
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int count) throws IOException {
        Objects.checkFromIndexSize(offset, count, bytes.length);
        if (remaining == 0) {
            verify();
            return -1;
        }
        if (count == 0) {
            return 0;
        }
        int n = in.read(bytes, offset, (int) Math.min(count, remaining));
        if (n < 0) {
            throw new CorruptSnapshotException("Snapshot file " + file.path() + " ended " + remaining
                    + " bytes early while it was read; expected " + file.length() + " bytes");
        }
        crc.update(bytes, offset, n);
        remaining -= n;
        if (remaining == 0) {
            verify();
        }
        return n;
    }

    private void verify() throws CorruptSnapshotException {
        if (verified) {
            return;
        }
        if (crc.getValue() != file.crc32c()) {
            throw new CorruptSnapshotException(String.format(
                    "Snapshot file %s has the wrong content: expected CRC-32C %08x, found %08x",
                    file.path(), file.crc32c(), crc.getValue()));
        }
        verified = true;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
