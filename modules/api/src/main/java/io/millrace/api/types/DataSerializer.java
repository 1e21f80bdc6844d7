// SPDX-License-Identifier: Apache-2.0
package io.millrace.api.types;

import io.millrace.api.Stable;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UTFDataFormatException;

/**
 * A serializer in its first version, of two functions on data streams: for splits and committables that are a few
 * numbers and strings. Bytes of another version, too few, too many or damaged, are told apart and named.
 *
 * @param <T> the value's type
 */
@Stable
public final class DataSerializer<T> implements VersionedSerializer<T> {
    private static final int VERSION = 1;

    /** Writes a value. */
    @FunctionalInterface
    public interface Writer<T> {
        void write(T value, DataOutputStream out) throws IOException;
    }

    /** Reads what the writer wrote, all of it; may throw IllegalArgumentException where it makes no sense. */
    @FunctionalInterface
    public interface Reader<T> {
        T read(DataInputStream in) throws IOException;
    }

    private final String what;
    private final Writer<T> writer;
    private final Reader<T> reader;

    private DataSerializer(String what, Writer<T> writer, Reader<T> reader) {
        this.what = what;
        this.writer = writer;
        this.reader = reader;
    }

    /**
     * @param what the value in words, such as {@code an index split}, for errors
     */
    public static <T> DataSerializer<T> of(String what, Writer<T> writer, Reader<T> reader) {
        return new DataSerializer<>(what, writer, reader);
    }

    @Override
    public int version() {
        return VERSION;
    }

    @Override
    public byte[] serialize(T value) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            writer.write(value, out);
        }
        return bytes.toByteArray();
    }

    @Override
    public T deserialize(int version, byte[] bytes) throws IOException {
        if (version != VERSION) {
            throw new IOException(
                    "The bytes are of " + what + " of version " + version + "; this Millrace knows version 1.");
        }
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            T value = reader.read(in);
            if (in.available() > 0) {
                throw new IOException(in.available() + " bytes follow " + what + ": the bytes are damaged.");
            }
            return value;
        } catch (EOFException e) {
            throw new IOException("The bytes of " + what + " end too early: they are damaged.", e);
        } catch (UTFDataFormatException | IllegalArgumentException e) {
            throw new IOException("The bytes of " + what + " are damaged: " + e.getMessage(), e);
        }
    }
}
