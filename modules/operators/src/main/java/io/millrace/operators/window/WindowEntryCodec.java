// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.window;

import io.millrace.serialization.ByteReader;
import io.millrace.serialization.ByteWriter;
import io.millrace.serialization.Codec;

/** Writes the window, then the entry's key. */
final class WindowEntryCodec<W, K> implements Codec<WindowEntry<W, K>> {
    private final Codec<W> windows;
    private final Codec<K> keys;

    WindowEntryCodec(Codec<W> windows, Codec<K> keys) {
        this.windows = windows;
        this.keys = keys;
    }

    @Override
    public void write(WindowEntry<W, K> entry, ByteWriter out) {
        windows.write(entry.window(), out);
        keys.write(entry.key(), out);
    }

    @Override
    public WindowEntry<W, K> read(ByteReader in) {
        W window = windows.read(in);
        return new WindowEntry<>(window, keys.read(in));
    }

    /** Windows and keys are immutable values. */
    @Override
    public WindowEntry<W, K> copy(WindowEntry<W, K> entry) {
        return entry;
    }

    @Override
    public boolean isImmutable() {
        return true;
    }

    @Override
    public Codec<WindowEntry<W, K>> duplicate() {
        return new WindowEntryCodec<>(windows.duplicate(), keys.duplicate());
    }

    @Override
    public String describe() {
        return "window entry/1(" + windows.describe() + "," + keys.describe() + ")";
    }
}
