// SPDX-License-Identifier: Apache-2.0
package io.millrace.state.run;

import io.millrace.serialization.ByteWriter;
import io.millrace.serialization.CodecException;
import io.millrace.state.RunKeys;
import io.millrace.state.RunWriter;
import io.millrace.state.StateMeta;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** Writes {@link RunFormat} to a stream, which it leaves open. Confined to one thread. */
final class RunFileWriter implements RunWriter {
    private static final int BUFFER_LENGTH = 64 * 1024;

    private final String path;
    private final OutputStream out;
    private final List<StateMeta> states = new ArrayList<>();
    private final ByteWriter block = new ByteWriter(RunFormat.BLOCK_LENGTH + 1024);
    private final ByteWriter frame = new ByteWriter(RunFormat.FRAME_LENGTH);
    private boolean statesWritten;
    private int blockCount;
    private long entryCount;
    private byte[] firstKey = new byte[0];
    private final ByteWriter lastKey = new ByteWriter();

    RunFileWriter(String path, OutputStream out) {
        this.path = path;
        this.out = new BufferedOutputStream(out, BUFFER_LENGTH);
    }

    @Override
    public int declareState(StateMeta meta) {
        if (statesWritten) {
            throw new IllegalStateException(
                    "Run '" + path + "': state '" + meta.name() + "' is declared after the first entry.");
        }
        if (states.stream().anyMatch(state -> state.name().equals(meta.name()))) {
            throw new IllegalStateException("Run '" + path + "': state '" + meta.name() + "' is declared twice.");
        }
        if (states.size() == RunKeys.NUMBER_LIMIT) {
            throw new IllegalStateException("Run '" + path + "' has more than " + RunKeys.NUMBER_LIMIT + " states.");
        }
        states.add(meta);
        return states.size() - 1;
    }

    @Override
    public void append(byte[] key, int keyLength, byte[] value, int valueLength) throws IOException {
        if (!statesWritten) {
            writeStates();
        }
        requireValid(key, keyLength);
        if (entryCount == 0) {
            firstKey = Arrays.copyOf(key, keyLength);
        }
        lastKey.reset(0);
        lastKey.writeBytes(key, 0, keyLength);
        entryCount++;
        // The entry would make the block larger than it need be; this keeps blocks to their length but for one entry.
        if (block.position() > 0 && (long) block.position() + keyLength + valueLength > RunFormat.BLOCK_LENGTH) {
            writeBlock(RunFormat.ENTRIES);
        }
        block.writeVarInt(keyLength);
        block.writeVarInt(valueLength);
        block.writeBytes(key, 0, keyLength);
        block.writeBytes(value, 0, valueLength);
    }

    /** Writes what is left and the footer; without it the file is no run. */
    void finish() throws IOException {
        if (!statesWritten) {
            writeStates();
        }
        if (block.position() > 0) {
            writeBlock(RunFormat.ENTRIES);
        }
        RunFormat.writeFooter(new RunFormat.Footer(entryCount, blockCount, firstKey, lastKey.toByteArray()), block);
        writeBlock(RunFormat.FOOTER);
        out.flush();
    }

    private void requireValid(byte[] key, int keyLength) {
        try {
            RunKeys.requireWellFormed(key, keyLength, states.size());
        } catch (CodecException e) {
            throw new IllegalArgumentException(
                    "Run '" + path + "': key " + hex(key, keyLength) + " is no composite key.", e);
        }
        if (entryCount > 0 && Arrays.compareUnsigned(lastKey.array(), 0, lastKey.position(), key, 0, keyLength) >= 0) {
            throw new IllegalArgumentException("Run '" + path + "': key " + hex(key, keyLength) + " comes after "
                    + hex(lastKey.array(), lastKey.position()) + "; keys must ascend, each once.");
        }
    }

    private static String hex(byte[] key, int keyLength) {
        return HexFormat.of().formatHex(key, 0, keyLength);
    }

    private void writeStates() throws IOException {
        statesWritten = true;
        out.write(RunFormat.header());
        RunFormat.writeStates(states, block);
        writeBlock(RunFormat.STATES);
    }

    private void writeBlock(byte type) throws IOException {
        int length = block.position();
        frame.reset(0);
        frame.writeByte(type);
        frame.writeInt(length);
        frame.writeInt(RunFormat.crc(blockCount, type, block.array(), length));
        out.write(frame.array(), 0, frame.position());
        out.write(block.array(), 0, length);
        blockCount++;
        block.reset(0);
    }
}
