// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators;

import io.millrace.api.types.VersionedSerializer;
import io.millrace.serialization.ByteReader;
import io.millrace.serialization.ByteWriter;
import io.millrace.serialization.CodecException;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** How operators write the parts of their snapshots: a byte that says which format, then what the operator keeps. */
public final class SnapshotPart {
    private static final int FORMAT = 1;

    /** Reads what an operator wrote after the format. */
    @FunctionalInterface
    public interface Reading<R> {
        R read(ByteReader in) throws IOException;
    }

    private SnapshotPart() {}

    /** A writer with the format in it. */
    public static ByteWriter begin() {
        ByteWriter out = new ByteWriter();
        out.writeByte(FORMAT);
        return out;
    }

    /** A snapshot of one part, complete as of now. */
    public static OperatorSnapshot single(String name, ByteWriter out) {
        return new OperatorSnapshot(null, Map.of(name, CompletableFuture.completedFuture(out.toByteArray())));
    }

    /**
     * Reads a restored part.
     *
     * @return what {@code reading} made of it, or null where the checkpoint has no such part
     * @throws IOException when the bytes are damaged, or of a newer Millrace; names operator and part
     */
    public static <R> @Nullable R restore(OperatorContext context, String name, Reading<R> reading) throws IOException {
        byte[] bytes = context.restoredPart(name);
        return bytes == null ? null : read(context, name, context.subtaskIndex(), bytes, reading);
    }

    /**
     * Reads a part that one of the operator's subtasks has written.
     *
     * @throws IOException as above
     */
    public static <R> R read(OperatorContext context, String name, int subtaskIndex, byte[] bytes, Reading<R> reading)
            throws IOException {
        try {
            ByteReader in = new ByteReader(bytes);
            int format = in.readByte();
            if (format != FORMAT) {
                throw new IOException("its format is " + format + ", this Millrace knows " + FORMAT);
            }
            R result = reading.read(in);
            if (in.remaining() != 0) {
                throw new IOException(in.remaining() + " bytes are left over");
            }
            return result;
        } catch (IOException | CodecException e) {
            throw new IOException(
                    "The part '" + name + "' of operator '" + context.operatorName() + "' (" + context.operatorId()
                            + ", subtask " + subtaskIndex + ") in checkpoint "
                            + context.restoredCheckpointId() + " cannot be read: " + e.getMessage(),
                    e);
        }
    }

    /** The same for a part that is one long. */
    public static @Nullable Long restoreLong(OperatorContext context, String name) throws IOException {
        return restore(context, name, ByteReader::readLong);
    }

    /** Writes a value with its length; the serializer's version is written by the caller, once for many values. */
    public static <T> void writeValue(ByteWriter out, VersionedSerializer<T> serializer, T value) throws IOException {
        byte[] bytes = serializer.serialize(value);
        out.writeVarInt(bytes.length);
        out.writeBytes(bytes, 0, bytes.length);
    }

    /** Reads what {@link #writeValue} wrote with a serializer of that version. */
    public static <T> T readValue(ByteReader in, VersionedSerializer<T> serializer, int version) throws IOException {
        return serializer.deserialize(version, in.readBytes(in.readLength()));
    }
}
