// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.window;

import io.millrace.api.window.Evictor;
import io.millrace.serialization.ByteReader;
import io.millrace.serialization.ByteWriter;
import io.millrace.serialization.Codec;

/** The timestamp, then the record. */
final class TimestampedCodec<T> implements Codec<Evictor.Timestamped<T>> {
    private final Codec<T> records;

    TimestampedCodec(Codec<T> records) {
        this.records = records;
    }

    @Override
    public void write(Evictor.Timestamped<T> record, ByteWriter out) {
        out.writeLong(record.timestamp());
        records.write(record.value(), out);
    }

    @Override
    public Evictor.Timestamped<T> read(ByteReader in) {
        long timestamp = in.readLong();
        return new Evictor.Timestamped<>(records.read(in), timestamp);
    }

    @Override
    public Evictor.Timestamped<T> copy(Evictor.Timestamped<T> record) {
        return new Evictor.Timestamped<>(records.copy(record.value()), record.timestamp());
    }

    @Override
    public boolean isImmutable() {
        return records.isImmutable();
    }

    @Override
    public Codec<Evictor.Timestamped<T>> duplicate() {
        return new TimestampedCodec<>(records.duplicate());
    }

    @Override
    public String describe() {
        return "timestamped/1(" + records.describe() + ")";
    }
}
