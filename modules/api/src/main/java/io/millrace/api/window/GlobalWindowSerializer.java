// SPDX-License-Identifier: Apache-2.0
package io.millrace.api.window;

import io.millrace.api.types.VersionedSerializer;
import java.io.IOException;

/** No bytes: there is one such window. */
final class GlobalWindowSerializer implements VersionedSerializer<GlobalWindow> {
    static final GlobalWindowSerializer INSTANCE = new GlobalWindowSerializer();

    private static final byte[] NOTHING = {};

    @Override
    public int version() {
        return 1;
    }

    @Override
    public byte[] serialize(GlobalWindow window) {
        return NOTHING;
    }

    @Override
    public GlobalWindow deserialize(int version, byte[] bytes) throws IOException {
        if (version != 1 || bytes.length != 0) {
            throw new IOException("The global window of version " + version + " with " + bytes.length
                    + " bytes; expected version 1 without any.");
        }
        return GlobalWindow.get();
    }
}
