// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.window;

import io.millrace.api.graph.SidedRecord;
import io.millrace.serialization.ByteReader;
import io.millrace.serialization.ByteWriter;
import io.millrace.serialization.Codec;

/** Writes records of two streams, each with its own stream's codec. */
final class SidedCodec implements Codec<SidedRecord> {
    private final Codec<Object> lefts;
    private final Codec<Object> rights;

    SidedCodec(Codec<Object> lefts, Codec<Object> rights) {
        this.lefts = lefts;
        this.rights = rights;
    }

    @Override
    public void write(SidedRecord record, ByteWriter out) {
        out.writeByte(record.left() ? 1 : 0);
        codecOf(record.left()).write(record.value(), out);
    }

    @Override
    public SidedRecord read(ByteReader in) {
        boolean left = in.readByte() != 0;
        return new SidedRecord(left, codecOf(left).read(in));
    }

    @Override
    public SidedRecord copy(SidedRecord record) {
        return new SidedRecord(record.left(), codecOf(record.left()).copy(record.value()));
    }

    @Override
    public boolean isImmutable() {
        return lefts.isImmutable() && rights.isImmutable();
    }

    @Override
    public Codec<SidedRecord> duplicate() {
        return new SidedCodec(lefts.duplicate(), rights.duplicate());
    }

    @Override
    public String describe() {
        return "sided/1(" + lefts.describe() + "," + rights.describe() + ")";
    }

    private Codec<Object> codecOf(boolean left) {
        return left ? lefts : rights;
    }
}
