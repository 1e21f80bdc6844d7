// SPDX-License-Identifier: Apache-2.0
package io.millrace.state.run;

import io.millrace.serialization.ByteReader;
import io.millrace.serialization.ByteWriter;
import io.millrace.serialization.CodecException;
import io.millrace.state.RunKeys;
import io.millrace.state.StateMeta;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * The layout of a run file, version 1. All numbers are big-endian.
 *
 * <pre>
 * file    = "MLRUN" version(1) block...         the first block is STATES, the last FOOTER, between them ENTRIES
 * block   = type(1) length(4) crc(4) payload    crc: CRC-32C of the block's index in the file, type, length, payload
 * STATES  = count, then for each: name, kind(1), codecs of key, namespace, value
 * ENTRIES = (key length, value length, key, value)...     ascending; lengths and counts are varints
 * FOOTER  = entries(8) blocks(4), then, unless there are no entries: first key, last key, each after its length
 * </pre>
 *
 * <p>The states come first, not in the footer, so that a run is read in one pass from any stream. The block's index is
 * in its checksum so that blocks which changed places are noticed even where their keys happen to ascend.
 */
final class RunFormat {
    static final int VERSION = 1;
    static final int HEADER_LENGTH = 6;
    static final int FRAME_LENGTH = 9;

    /** A block of entries is closed once it has this many bytes; one larger entry has a block of its own. */
    static final int BLOCK_LENGTH = 32 * 1024;

    static final byte STATES = 1;
    static final byte ENTRIES = 2;
    static final byte FOOTER = 3;

    private static final byte[] MAGIC = "MLRUN".getBytes(StandardCharsets.US_ASCII);

    private RunFormat() {}

    static byte[] header() {
        ByteWriter out = new ByteWriter(HEADER_LENGTH);
        out.writeBytes(MAGIC, 0, MAGIC.length);
        out.writeByte(VERSION);
        return out.toByteArray();
    }

    static int crc(int blockIndex, int type, byte[] payload, int length) {
        CRC32C crc = new CRC32C();
        update(crc, blockIndex);
        crc.update(type);
        update(crc, length);
        crc.update(payload, 0, length);
        return (int) crc.getValue();
    }

    private static void update(CRC32C crc, int number) {
        for (int shift = 24; shift >= 0; shift -= 8) {
            crc.update(number >>> shift);
        }
    }

    static void writeStates(List<StateMeta> states, ByteWriter out) {
        out.writeVarInt(states.size());
        for (StateMeta state : states) {
            out.writeString(state.name());
            out.writeByte(code(state.kind()));
            out.writeString(state.keyCodec());
            out.writeString(state.namespaceCodec());
            out.writeString(state.valueCodec());
        }
    }

    static List<StateMeta> readStates(ByteReader in) {
        int count = in.readLength();
        List<StateMeta> states = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            String name = in.readString();
            StateMeta.Kind kind = kind(in.readByte());
            states.add(new StateMeta(name, kind, in.readString(), in.readString(), in.readString()));
        }
        RunKeys.requireEnd(in, "table of states");
        return List.copyOf(states);
    }

    static void writeFooter(Footer footer, ByteWriter out) {
        out.writeLong(footer.entryCount());
        out.writeInt(footer.blockCount());
        if (footer.entryCount() > 0) {
            writeKey(footer.firstKey(), out);
            writeKey(footer.lastKey(), out);
        }
    }

    private static void writeKey(byte[] key, ByteWriter out) {
        out.writeVarInt(key.length);
        out.writeBytes(key, 0, key.length);
    }

    static Footer readFooter(ByteReader in) {
        long entryCount = in.readLong();
        int blockCount = in.readInt();
        byte[] firstKey = new byte[0];
        byte[] lastKey = firstKey;
        if (entryCount > 0) {
            firstKey = in.readBytes(in.readLength());
            lastKey = in.readBytes(in.readLength());
        }
        RunKeys.requireEnd(in, "footer");
        return new Footer(entryCount, blockCount, firstKey, lastKey);
    }

    // Codes are part of the format; an enum's ordinal would change with its order.
    private static byte code(StateMeta.Kind kind) {
        return switch (kind) {
            case VALUE -> 1;
            case LIST -> 2;
            case TIMERS -> 3;
            case MAP -> 4;
            case REDUCING -> 5;
            case AGGREGATING -> 6;
        };
    }

    private static StateMeta.Kind kind(byte code) {
        return switch (code) {
            case 1 -> StateMeta.Kind.VALUE;
            case 2 -> StateMeta.Kind.LIST;
            case 3 -> StateMeta.Kind.TIMERS;
            case 4 -> StateMeta.Kind.MAP;
            case 5 -> StateMeta.Kind.REDUCING;
            case 6 -> StateMeta.Kind.AGGREGATING;
            default -> throw new CodecException("A kind of state with the code " + code + "; known are 1 to 6.");
        };
    }

    /**
     * What the file holds, for comparison with what was read.
     *
     * @param blockCount blocks before the footer
     * @param firstKey the lowest composite key, empty where there are no entries
     * @param lastKey the highest, likewise
     */
    record Footer(long entryCount, int blockCount, byte[] firstKey, byte[] lastKey) {}
}
