// SPDX-License-Identifier: Apache-2.0
package io.millrace.state.run;

import io.millrace.checkpoint.storage.CorruptSnapshotException;
import io.millrace.checkpoint.storage.StoredFile;
import io.millrace.serialization.ByteReader;
import io.millrace.serialization.CodecException;
import io.millrace.state.RunKeys;
import io.millrace.state.RunReader;
import io.millrace.state.StateMeta;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@link RunFormat} in one pass. No number is believed before the checksum of its block agrees, but the block's
 * length, which is bounded by the file's. Whatever is wrong becomes a {@link CorruptSnapshotException}.
 */
final class RunFileReader implements RunReader {
    private static final int BUFFER_LENGTH = 64 * 1024;

    private final StoredFile file;
    private final InputStream in;
    private final List<StateMeta> states;
    private long position;
    private int blockCount;
    private long entryCount;
    private ByteReader block = new ByteReader(new byte[0]);
    private byte @Nullable [] firstKey;
    private byte @Nullable [] key;
    private byte @Nullable [] value;
    private boolean ended;

    RunFileReader(StoredFile file, InputStream in) throws IOException {
        this.file = file;
        this.in = new BufferedInputStream(in, BUFFER_LENGTH);
        byte[] header = read(RunFormat.HEADER_LENGTH, "header");
        byte[] expected = RunFormat.header();
        int versionAt = expected.length - 1;
        if (!Arrays.equals(header, 0, versionAt, expected, 0, versionAt)) {
            throw corrupt("it does not begin with 'MLRUN', so it is no run");
        }
        if (header[versionAt] != RunFormat.VERSION) {
            throw corrupt(
                    "its format has version " + header[versionAt] + "; this build reads version " + RunFormat.VERSION);
        }
        if (readBlock() != RunFormat.STATES) {
            throw corrupt("expected the table of states in its first block");
        }
        this.states = decode("table of states", () -> RunFormat.readStates(block));
    }

    @Override
    public List<StateMeta> states() {
        return states;
    }

    @Override
    public boolean next() throws IOException {
        while (!ended && block.remaining() == 0) {
            byte type = readBlock();
            if (type == RunFormat.FOOTER) {
                checkFooter(decode("footer", () -> RunFormat.readFooter(block)));
            } else if (type != RunFormat.ENTRIES) {
                throw corrupt("block " + (blockCount - 1) + " has the type " + type
                        + "; expected one of entries or the footer");
            }
        }
        if (ended) {
            key = null;
            value = null;
            return false;
        }
        readEntry();
        return true;
    }

    @Override
    public byte[] key() {
        return requireEntry(key);
    }

    @Override
    public byte[] value() {
        return requireEntry(value);
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    private byte[] requireEntry(byte @Nullable [] bytes) {
        if (bytes == null) {
            throw new IllegalStateException("Run '" + file.path() + "' stands at no entry; call next() first.");
        }
        return bytes;
    }

    private void readEntry() throws IOException {
        byte[] before = key;
        byte[] now = decode("entry", () -> {
            int keyLength = block.readLength();
            int valueLength = block.readLength();
            byte[] read = block.readBytes(keyLength);
            value = block.readBytes(valueLength);
            RunKeys.requireWellFormed(read, states.size());
            return read;
        });
        if (before == null) {
            firstKey = now;
        } else if (Arrays.compareUnsigned(before, now) >= 0) {
            throw corrupt("the keys of block " + (blockCount - 1) + " do not ascend");
        }
        key = now;
        entryCount++;
    }

    private void checkFooter(RunFormat.Footer footer) throws IOException {
        if (footer.entryCount() != entryCount || footer.blockCount() != blockCount - 1) {
            throw corrupt("its footer says " + footer.entryCount() + " entries in " + footer.blockCount()
                    + " blocks, but it has " + entryCount + " in " + (blockCount - 1));
        }
        if (entryCount > 0 && !(Arrays.equals(footer.firstKey(), firstKey) && Arrays.equals(footer.lastKey(), key))) {
            throw corrupt("its first and last keys are not those of the footer");
        }
        if (position != file.length()) {
            throw corrupt("it ends after " + position + " bytes; expected " + file.length());
        }
        // The storage checks length and checksum of the whole file when the end of the stream is seen.
        if (in.read() != -1) {
            throw corrupt("bytes follow its footer; expected " + file.length() + " bytes");
        }
        ended = true;
    }

    /** Reads and verifies the next block; its payload is then in {@link #block}. */
    private byte readBlock() throws IOException {
        ByteReader frame = new ByteReader(read(RunFormat.FRAME_LENGTH, "block " + blockCount));
        byte type = frame.readByte();
        int length = frame.readInt();
        int crc = frame.readInt();
        if (length < 0) {
            throw corrupt("block " + blockCount + " has a length of " + Integer.toUnsignedLong(length)
                    + " bytes, more than any block");
        }
        byte[] payload = read(length, "block " + blockCount);
        int actualCrc = RunFormat.crc(blockCount, type, payload, length);
        if (actualCrc != crc) {
            throw corrupt("block " + blockCount + " has the CRC-32C " + Integer.toHexString(actualCrc) + "; expected "
                    + Integer.toHexString(crc));
        }
        blockCount++;
        block = new ByteReader(payload);
        return type;
    }

    // readNBytes(int) grows its buffers as bytes come, so a wrong length costs no more memory than the file has bytes.
    private byte[] read(int length, String what) throws IOException {
        if (length > file.length() - position) {
            throw corrupt("its " + what + " needs " + length + " bytes from byte " + position
                    + ", more than the file's " + file.length());
        }
        byte[] bytes = in.readNBytes(length);
        position += bytes.length;
        if (bytes.length < length) {
            throw corrupt("it ends after " + position + " bytes; expected " + file.length());
        }
        return bytes;
    }

    private <T> T decode(String what, Decoder<T> decoder) throws CorruptSnapshotException {
        try {
            return decoder.decode();
        } catch (CodecException e) {
            throw new CorruptSnapshotException(
                    "Run '" + file.path() + "' is damaged: its " + what + " in block " + (blockCount - 1)
                            + " cannot be read.",
                    e);
        }
    }

    private CorruptSnapshotException corrupt(String what) {
        return new CorruptSnapshotException("Run '" + file.path() + "' is damaged: " + what + ".");
    }

    private interface Decoder<T> {
        T decode();
    }
}
