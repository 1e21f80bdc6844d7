// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.builtin;

import io.millrace.serialization.ByteReader;
import io.millrace.serialization.ByteWriter;
import io.millrace.serialization.Codec;

/** The one namespace of state and timers that need none. */
enum NoNamespace {
    INSTANCE;

    static final Codec<NoNamespace> CODEC = new NoNamespaceCodec();

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
