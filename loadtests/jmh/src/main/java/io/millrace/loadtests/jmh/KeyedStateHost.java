// SPDX-License-Identifier: Apache-2.0
package io.millrace.loadtests.jmh;

import io.millrace.api.state.ValueState;
import io.millrace.api.state.ValueStateDescriptor;
import io.millrace.api.types.TypeHint;
import io.millrace.serialization.Codecs;
import io.millrace.serialization.KeyCodec;
import io.millrace.specialisation.Specialiser;
import io.millrace.state.KeyedStateBackend;
import io.millrace.state.KeyedStateSettings;
import io.millrace.state.memory.MemoryStateBackend;
import java.util.Map;

/** The keyed state of one subtask that owns all keys, and a count for each of them. Confined to one thread. */
final class KeyedStateHost {
    private static final int MAX_PARALLELISM = 128;

    private final KeyCodec<Object> keyCodec;
    private final KeyedStateBackend backend;
    private final ValueState<Long> count;

    KeyedStateHost() {
        Codecs codecs = new Codecs(Map.of());
        keyCodec = untyped(codecs.forKey(TypeHint.of(Long.class)));
        backend = new MemoryStateBackend()
                .create(new KeyedStateSettings(
                        "measured",
                        MAX_PARALLELISM,
                        0,
                        MAX_PARALLELISM,
                        keyCodec,
                        codecs::forType,
                        Specialiser.ordinary()));
        count = backend.valueState(new ValueStateDescriptor<>("count", Long.class));
    }

    @SuppressWarnings("unchecked")
    private static KeyCodec<Object> untyped(KeyCodec<?> codec) {
        return (KeyCodec<Object>) codec;
    }

    /** What travels with a record of that key, so that its receiver need not hash the key again. */
    int hashOf(Long key) {
        return keyCodec.hash(key);
    }

    /** Adds one to the count of a key, as a function of a keyed stream does. */
    long increment(Long key, int hash) {
        backend.setCurrentKey(key, hash);
        Long before = count.value();
        long after = before == null ? 1 : before + 1;
        count.update(after);
        return after;
    }

    long size() {
        return backend.size();
    }

    void close() {
        backend.close();
    }
}
