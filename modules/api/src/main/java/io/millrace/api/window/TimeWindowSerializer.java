// SPDX-License-Identifier: Apache-2.0
package io.millrace.api.window;

import io.millrace.api.types.VersionedSerializer;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Sixteen bytes, start and end, with the sign bit flipped so that bytes sort as times do. */
final class TimeWindowSerializer implements VersionedSerializer<TimeWindow> {
    static final TimeWindowSerializer INSTANCE = new TimeWindowSerializer();

    @Override
    public int version() {
        return 1;
    }

    @Override
    public byte[] serialize(TimeWindow window) {
        return ByteBuffer.allocate(16)
                .putLong(window.start() ^ Long.MIN_VALUE)
                .putLong(window.end() ^ Long.MIN_VALUE)
                .array();
    }

    @Override
    public TimeWindow deserialize(int version, byte[] bytes) throws IOException {
        if (version != 1 || bytes.length != 16) {
            throw new IOException("A time window of version " + version + " with " + bytes.length
                    + " bytes; expected version 1 with 16 bytes.");
        }
        ByteBuffer in = ByteBuffer.wrap(bytes);
        return new TimeWindow(in.getLong() ^ Long.MIN_VALUE, in.getLong() ^ Long.MIN_VALUE);
    }
}
