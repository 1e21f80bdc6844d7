// SPDX-License-Identifier: Apache-2.0
package io.millrace.state.memory;

import io.millrace.serialization.ByteReader;

/** An entry as bytes: where entry key (see {@link io.millrace.state.RunKeys}) and value lie in a chunk. Immutable. */
record RawEntry(byte[] chunk, int keyGroup, int keyOffset, int keyLength, int valueOffset, int valueLength) {

    ByteReader keyReader() {
        return new ByteReader(chunk, keyOffset, keyLength);
    }

    ByteReader valueReader() {
        return new ByteReader(chunk, valueOffset, valueLength);
    }
}
