// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.join;

import io.millrace.serialization.ByteReader;
import io.millrace.serialization.ByteWriter;
import io.millrace.serialization.Codec;

/** Writes a probe that a checkpoint found unfinished. */
final class JoinProbeCodec implements Codec<JoinProbe> {
    private final Codec<BufferedRecord> lefts;
    private final Codec<BufferedRecord> rights;

    JoinProbeCodec(Codec<BufferedRecord> lefts, Codec<BufferedRecord> rights) {
        this.lefts = lefts;
        this.rights = rights;
    }

    @Override
    public void write(JoinProbe probe, ByteWriter out) {
        out.writeByte(probe.left ? 1 : 0);
        out.writeLong(probe.bucket);
        out.writeVarInt(probe.index);
        (probe.left ? lefts : rights).write(probe.record, out);
    }

    @Override
    public JoinProbe read(ByteReader in) {
        boolean left = in.readByte() != 0;
        long bucket = in.readLong();
        int index = in.readVarInt();
        return new JoinProbe((left ? lefts : rights).read(in), left, bucket, index);
    }

    @Override
    public JoinProbe copy(JoinProbe probe) {
        Codec<BufferedRecord> records = probe.left ? lefts : rights;
        return new JoinProbe(records.copy(probe.record), probe.left, probe.bucket, probe.index);
    }

    @Override
    public boolean isImmutable() {
        return false;
    }

    @Override
    public Codec<JoinProbe> duplicate() {
        return new JoinProbeCodec(lefts.duplicate(), rights.duplicate());
    }

    @Override
    public String describe() {
        return "probe/1(" + lefts.describe() + "," + rights.describe() + ")";
    }
}
