// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.join;

import io.millrace.serialization.ByteReader;
import io.millrace.serialization.ByteWriter;
import io.millrace.serialization.Codec;

/** Writes the number of a bucket; says how wide buckets are, for one number means another time where they are not. */
final class BucketCodec implements Codec<Long> {
    private final long widthMs;

    BucketCodec(long widthMs) {
        this.widthMs = widthMs;
    }

    /** With the sign bit flipped, so that bytes sort as times do. */
    @Override
    public void write(Long bucket, ByteWriter out) {
        out.writeLong(bucket ^ Long.MIN_VALUE);
    }

    @Override
    public Long read(ByteReader in) {
        return in.readLong() ^ Long.MIN_VALUE;
    }

    @Override
    public Long copy(Long bucket) {
        return bucket;
    }

    @Override
    public boolean isImmutable() {
        return true;
    }

    @Override
    public Codec<Long> duplicate() {
        return this;
    }

    @Override
    public String describe() {
        return "bucket/1(" + widthMs + " ms)";
    }
}
