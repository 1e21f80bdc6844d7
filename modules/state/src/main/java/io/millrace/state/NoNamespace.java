// SPDX-License-Identifier: Apache-2.0
package io.millrace.state;

import io.millrace.serialization.ByteReader;
import io.millrace.serialization.ByteWriter;
import io.millrace.serialization.Codec;

/** The one namespace of state and timers that need none; no bytes. */
public final class NoNamespace {
    public static final NoNamespace INSTANCE = new NoNamespace();
    public static final Codec<NoNamespace> CODEC = new NoNamespaceCodec();

    private NoNamespace() {}

    /** Constant, so that a key's hash serves as the entry's. */
    @Override
    public int hashCode() {
        return 0;
    }

    @Override
    public boolean equals(Object other) {
        return other == this;
    }

    private static final class NoNamespaceCodec implements Codec<NoNamespace> {
        @Override
        public void write(NoNamespace value, ByteWriter out) {}

        @Override
        public NoNamespace read(ByteReader in) {
            return INSTANCE;
        }

        @Override
        public NoNamespace copy(NoNamespace value) {
            return value;
        }

        @Override
        public boolean isImmutable() {
            return true;
        }

        @Override
        public Codec<NoNamespace> duplicate() {
            return this;
        }

        @Override
        public String describe() {
            return "none/1";
        }
    }
}
