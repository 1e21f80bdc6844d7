// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.join;

import io.millrace.serialization.ByteReader;
import io.millrace.serialization.ByteWriter;
import io.millrace.serialization.Codec;

/** Writes a record with its time and whether it had a partner. */
final class BufferedRecordCodec implements Codec<BufferedRecord> {
    private final Codec<Object> values;
    private final boolean tellsMatched;

    /**
     * @param tellsMatched false where nobody asks whether records had partners, so that they never change
     */
    BufferedRecordCodec(Codec<Object> values, boolean tellsMatched) {
        this.values = values;
        this.tellsMatched = tellsMatched;
    }

    @Override
    public void write(BufferedRecord buffered, ByteWriter out) {
        out.writeLong(buffered.timestamp);
        out.writeByte(buffered.matched ? 1 : 0);
        values.write(buffered.value, out);
    }

    @Override
    public BufferedRecord read(ByteReader in) {
        long timestamp = in.readLong();
        boolean matched = in.readByte() != 0;
        return new BufferedRecord(values.read(in), timestamp, matched);
    }

    /** Records are immutable by contract. */
    @Override
    public BufferedRecord copy(BufferedRecord buffered) {
        return tellsMatched ? new BufferedRecord(buffered.value, buffered.timestamp, buffered.matched) : buffered;
    }

    @Override
    public boolean isImmutable() {
        return !tellsMatched;
    }

    @Override
    public Codec<BufferedRecord> duplicate() {
        return new BufferedRecordCodec(values.duplicate(), tellsMatched);
    }

    @Override
    public String describe() {
        return "buffered/1(" + values.describe() + ")";
    }
}
