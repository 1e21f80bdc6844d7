// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.builtin;

import io.millrace.api.types.VersionedSerializer;
import io.millrace.api.window.Window;
import io.millrace.serialization.ByteReader;
import io.millrace.serialization.ByteWriter;
import io.millrace.serialization.Codec;
import io.millrace.serialization.CodecException;
import java.io.IOException;

/**
 * Writes windows with their assigner's serializer, length first. The serializer's version is part of the description
 * and not of the bytes: a window is part of a state entry's key, whose bytes must be the same for equal windows.
 */
final class WindowCodec<W extends Window> implements Codec<W> {
    private final VersionedSerializer<W> serializer;

    WindowCodec(VersionedSerializer<W> serializer) {
        this.serializer = serializer;
    }

    @Override
    public void write(W window, ByteWriter out) {
        try {
            byte[] bytes = serializer.serialize(window);
            out.writeVarInt(bytes.length);
            out.writeBytes(bytes, 0, bytes.length);
        } catch (IOException e) {
            throw new CodecException("The window " + window + " cannot be written: " + e.getMessage(), e);
        }
    }

    @Override
    public W read(ByteReader in) {
        byte[] bytes = in.readBytes(in.readLength());
        try {
            return serializer.deserialize(serializer.version(), bytes);
        } catch (IOException | RuntimeException e) {
            throw new CodecException(
                    "A window of " + bytes.length + " bytes cannot be read by " + describe() + ": " + e.getMessage(),
                    e);
        }
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
        return this;
    }

    @Override
    public String describe() {
        return serializer.getClass().getName() + "/" + serializer.version();
    }
}
