// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.async;

import io.millrace.operators.OperatorContext;
import io.millrace.operators.OperatorSnapshot;
import io.millrace.operators.SnapshotPart;
import io.millrace.serialization.ByteReader;
import io.millrace.serialization.ByteWriter;
import io.millrace.serialization.Codec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The part of a snapshot that holds the records in flight: what their bytes are, the last watermark that has gone on, then
 * records with their timestamps and the watermarks held back, in the order in which they came, and an end.
 */
final class InFlightSnapshot {
    private static final String PART = "in-flight";
    private static final int END = 0;
    private static final int RECORD = 1;
    private static final int WATERMARK = 2;

    private final Codec<Object> codec;

    InFlightSnapshot(Codec<Object> codec) {
        this.codec = codec;
    }

    OperatorSnapshot of(AsyncCalls calls) {
        ByteWriter out = SnapshotPart.begin();
        out.writeString(codec.describe());
        out.writeLong(calls.passedWatermark());
        for (Stretch stretch : calls.stretches()) {
            for (AsyncCall call : stretch.calls()) {
                out.writeByte(RECORD);
                out.writeLong(call.timestamp());
                codec.write(call.record(), out);
            }
            if (stretch.isClosed()) {
                out.writeByte(WATERMARK);
                out.writeLong(stretch.watermark());
            }
        }
        out.writeByte(END);
        return SnapshotPart.single(PART, out);
    }

    /** Gives the calls what the restored checkpoint holds, if it holds anything. */
    void restore(OperatorContext context, AsyncCalls calls) throws Exception {
        List<Element> elements = SnapshotPart.restore(context, PART, this::read);
        if (elements == null) {
            return;
        }
        for (Element element : elements) {
            if (element.record == null) {
                calls.advance(element.time);
            } else {
                calls.restoreRecord(element.record, element.time);
            }
        }
    }

    private List<Element> read(ByteReader in) throws IOException {
        String written = in.readString();
        if (!written.equals(codec.describe())) {
            throw new IOException("its records were written as " + written + ", and this job would read them as "
                    + codec.describe() + ": restore the type that returns(..) declared, or let the records in flight"
                    + " finish before the type is changed");
        }
        List<Element> elements = new ArrayList<>();
        // Nothing is in flight before it, so it counts as gone on.
        elements.add(new Element(null, in.readLong()));
        for (int kind = in.readByte(); kind != END; kind = in.readByte()) {
            if (kind != RECORD && kind != WATERMARK) {
                throw new IOException("it holds something of the unknown kind " + kind);
            }
            long time = in.readLong();
            elements.add(new Element(kind == RECORD ? codec.read(in) : null, time));
        }
        return elements;
    }

    /** A record with its timestamp, or a watermark, with no record. */
    private record Element(@Nullable Object record, long time) {}
}
