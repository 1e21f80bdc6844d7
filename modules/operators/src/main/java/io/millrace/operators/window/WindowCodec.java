// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.window;

import io.millrace.api.types.VersionedSerializer;
import io.millrace.api.window.Window;
import io.millrace.serialization.ByteReader;
import io.millrace.serialization.ByteWriter;
import io.millrace.serialization.Codec;
import io.millrace.serialization.CodecException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Writes windows with their assigner's serializer, length first. The serializer's version is part of the description
 * and not of the bytes: a window is part of a state entry's key, whose bytes must be the same for equal windows.
 *
 * <p>Most keys have the same windows, so the bytes of the last one written are kept, and those read are shared.
 */
final class WindowCodec<W extends Window> implements Codec<W> {
    private static final int SHARED = 64;

    private final VersionedSerializer<W> serializer;
    private final @Nullable Object[] shared = new Object[SHARED];
    private @Nullable W written;
    private byte[] bytesOfWritten = {};

    WindowCodec(VersionedSerializer<W> serializer) {
        this.serializer = serializer;
    }

    @Override
    public void write(W window, ByteWriter out) {
        try {
            if (window != written) {
                bytesOfWritten = serializer.serialize(window);
                written = window;
            }
            out.writeVarInt(bytesOfWritten.length);
            out.writeBytes(bytesOfWritten, 0, bytesOfWritten.length);
        } catch (IOException e) {
            throw new CodecException("The window " + window + " cannot be written: " + e.getMessage(), e);
        }
    }

    @Override
    public W read(ByteReader in) {
        byte[] bytes = in.readBytes(in.readLength());
        try {
            return shared(serializer.deserialize(serializer.version(), bytes));
        } catch (IOException | RuntimeException e) {
            throw new CodecException(
                    "A window of " + bytes.length + " bytes cannot be read by " + describe() + ": " + e.getMessage(),
                    e);
        }
    }

    @SuppressWarnings("unchecked") // filled here alone
    private W shared(W window) {
        int slot = window.hashCode() * 0x9E3779B9 >>> 26;
        if (!window.equals(shared[slot])) {
            shared[slot] = window;
        }
        return (W) shared[slot];
    }

    /** Windows are immutable values. */
    @Override
    public W copy(W window) {
        return window;
    }

    @Override
    public boolean isImmutable() {
        return true;
    }

    /** Serializers are thread-safe. */
    @Override
    public Codec<W> duplicate() {
        return new WindowCodec<>(serializer);
    }

    @Override
    public String describe() {
        return serializer.getClass().getName() + "/" + serializer.version();
    }
}
