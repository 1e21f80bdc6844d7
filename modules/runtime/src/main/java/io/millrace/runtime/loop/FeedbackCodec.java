// SPDX-License-Identifier: Apache-2.0
package io.millrace.runtime.loop;

import io.millrace.operators.SnapshotPart;
import io.millrace.runtime.protocol.RecordBatch;
import io.millrace.serialization.ByteReader;
import io.millrace.serialization.ByteWriter;
import io.millrace.serialization.Codec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes batches of feedback: for each the number of its records, then timestamp and value of each; a 0 in the end.
 * Confined to one thread at a time, as its codec is.
 */
final class FeedbackCodec {
    private final Codec<Object> codec;

    FeedbackCodec(Codec<Object> codec) {
        this.codec = codec;
    }

    /** The same for another thread. */
    FeedbackCodec duplicate() {
        return new FeedbackCodec(codec.duplicate());
    }

    byte[] write(List<RecordBatch> batches) throws IOException {
        ByteWriter out = SnapshotPart.begin();
        try {
            for (RecordBatch batch : batches) {
                writeBatch(batch, out);
            }
        } catch (ArithmeticException e) {
            throw new IOException(
                    "The feedback that waits at the head of a loop is more than the 2 GiB that can be"
                            + " written at once: let fewer records circulate.",
                    e);
        }
        out.writeVarInt(0);
        return out.toByteArray();
    }

    private void writeBatch(RecordBatch batch, ByteWriter out) {
        int size = batch.size();
        if (size == 0) {
            return;
        }
        out.writeVarInt(size);
        for (int i = 0; i < size; i++) {
            out.writeLong(batch.timestamps()[i]);
            codec.write(batch.records()[i], out);
        }
    }

    /** Reads what {@link #write} wrote, behind the byte of the format. */
    List<RecordBatch> read(ByteReader in) {
        List<RecordBatch> batches = new ArrayList<>();
        for (int size = in.readLength(); size > 0; size = in.readLength()) {
            RecordBatch batch = new RecordBatch(size, size, false);
            for (int i = 0; i < size; i++) {
                long timestamp = in.readLong();
                batch.add(codec.read(in), timestamp, 0);
            }
            batches.add(batch);
        }
        return batches;
    }

    /** Reads all of what {@link #write} wrote. */
    List<RecordBatch> read(byte[] bytes) {
        ByteReader in = new ByteReader(bytes);
        in.readByte();
        return read(in);
    }
}
