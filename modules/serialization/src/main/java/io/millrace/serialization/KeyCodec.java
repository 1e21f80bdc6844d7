// SPDX-License-Identifier: Apache-2.0
package io.millrace.serialization;

/**
 * A codec whose bytes are canonical: equal values have equal bytes, in every JVM and JDK, and {@link #hash} is a
 * function of these bytes alone.
 */
public interface KeyCodec<K> extends Codec<K> {
    /** Murmur3 (32 bit, seed 0) of the canonical bytes; the type does the fast way to it. */
    int hash(K key);

    @Override
    KeyCodec<K> duplicate();
}
