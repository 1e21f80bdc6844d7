// SPDX-License-Identifier: Apache-2.0
package io.millrace.state.memory;

import io.millrace.serialization.ByteWriter;
import io.millrace.serialization.Codec;
import java.util.Arrays;

/**
 * The order of timers: time, key group, the key's hash, the key's bytes, the namespace's bytes. All of them are
 * functions of the timer, so the order is the same after a restore and on every JVM. The hash, which is a function of
 * the key's bytes, spares serialising keys unless two hashes collide.
 */
final class TimerOrder<N> {
    private final Codec<Object> keyCodec;
    private final Codec<N> namespaceCodec;
    private final ByteWriter left = new ByteWriter();
    private final ByteWriter right = new ByteWriter();

    TimerOrder(Codec<Object> keyCodec, Codec<N> namespaceCodec) {
        this.keyCodec = keyCodec;
        this.namespaceCodec = namespaceCodec;
    }

    boolean isBefore(TimerEntry<N> a, TimerEntry<N> b) {
        if (a.timestamp != b.timestamp) {
            return a.timestamp < b.timestamp;
        }
        if (a.keyGroup != b.keyGroup) {
            return a.keyGroup < b.keyGroup;
        }
        if (a.keyHash != b.keyHash) {
            return Integer.compareUnsigned(a.keyHash, b.keyHash) < 0;
        }
        if (!a.key.equals(b.key)) {
            return compareBytes(a.key, b.key, keyCodec) < 0;
        }
        return compareBytes(a.namespace, b.namespace, namespaceCodec) < 0;
    }

    private <T> int compareBytes(T a, T b, Codec<T> codec) {
        left.reset(0);
        right.reset(0);
        codec.write(a, left);
        codec.write(b, right);
        return Arrays.compareUnsigned(left.array(), 0, left.position(), right.array(), 0, right.position());
    }
}
