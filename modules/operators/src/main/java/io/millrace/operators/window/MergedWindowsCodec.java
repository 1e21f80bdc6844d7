// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.window;

import io.millrace.serialization.ByteReader;
import io.millrace.serialization.ByteWriter;
import io.millrace.serialization.Codec;
import java.util.ArrayList;
import java.util.List;

/** The number of windows, then each with the window under which its contents are kept. */
final class MergedWindowsCodec<W> implements Codec<List<MergedWindow<W>>> {
    private final Codec<W> windows;

    MergedWindowsCodec(Codec<W> windows) {
        this.windows = windows;
    }

    @Override
    public void write(List<MergedWindow<W>> merged, ByteWriter out) {
        out.writeVarInt(merged.size());
        for (MergedWindow<W> one : merged) {
            windows.write(one.window(), out);
            windows.write(one.held(), out);
        }
    }

    @Override
    public List<MergedWindow<W>> read(ByteReader in) {
        int size = in.readLength();
        List<MergedWindow<W>> merged = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            W window = windows.read(in);
            merged.add(new MergedWindow<>(window, windows.read(in)));
        }
        return List.copyOf(merged);
    }

    @Override
    public List<MergedWindow<W>> copy(List<MergedWindow<W>> merged) {
        return merged;
    }

    @Override
    public boolean isImmutable() {
        return true;
    }

    @Override
    public Codec<List<MergedWindow<W>>> duplicate() {
        return new MergedWindowsCodec<>(windows.duplicate());
    }

    @Override
    public String describe() {
        return "merged-windows/1(" + windows.describe() + ")";
    }
}
