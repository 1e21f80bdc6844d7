// SPDX-License-Identifier: Apache-2.0
package io.millrace.state.memory;

import io.millrace.serialization.ByteWriter;
import io.millrace.serialization.Codec;
import java.util.Arrays;
import java.util.Comparator;

/**
 * The order of timers whose times and keys' hashes are the same: the key's bytes, the namespace's bytes. All of them,
 * like the hash, are functions of the timer, so the order is the same after a restore and on every JVM.
 */
final class TimerOrder<N> implements Comparator<TimerEntry<N>> {
    private final Codec<Object> keyCodec;
    private final Codec<N> namespaceCodec;
    private final ByteWriter left = new ByteWriter();
    private final ByteWriter right = new ByteWriter();

    TimerOrder(Codec<Object> keyCodec, Codec<N> namespaceCodec) {
        this.keyCodec = keyCodec;
        this.namespaceCodec = namespaceCodec;
    }

    @Override
    public int compare(TimerEntry<N> a, TimerEntry<N> b) {
        if (!a.key.equals(b.key)) {
            return compareBytes(a.key, b.key, keyCodec);
        }
        return compareBytes(a.namespace, b.namespace, namespaceCodec);
    }

    private <T> int compareBytes(T a, T b, Codec<T> codec) {
        left.reset(0);
        right.reset(0);
        codec.write(a, left);
        codec.write(b, right);
        return Arrays.compareUnsigned(left.array(), 0, left.position(), right.array(), 0, right.position());
    }
}
