// SPDX-License-Identifier: Apache-2.0
package io.millrace.state.memory;

import io.millrace.serialization.Codec;
import io.millrace.serialization.KeyCodec;
import io.millrace.state.StateMeta;

/**
 * What a state was declared as.
 *
 * @param type what tells it from another declaration of that name: the declared type, or the codec's description
 * @param valueCodec of what an entry holds: for lists the whole list, for timers nothing
 */
record StateDefinition<N, T>(
        String name,
        StateMeta.Kind kind,
        Object type,
        KeyCodec<Object> keyCodec,
        Codec<N> namespaceCodec,
        Codec<T> valueCodec) {

    /** Made when it is needed: a key codec may know its type from the first key only. */
    StateMeta meta() {
        return new StateMeta(name, kind, keyCodec.describe(), namespaceCodec.describe(), valueCodec.describe());
    }

    /** The same for another thread. */
    StateDefinition<N, T> duplicate() {
        return new StateDefinition<>(
                name, kind, type, keyCodec.duplicate(), namespaceCodec.duplicate(), valueCodec.duplicate());
    }

    boolean isDeclaredLike(StateDefinition<?, ?> other) {
        return kind == other.kind
                && type.equals(other.type)
                && namespaceCodec.describe().equals(other.namespaceCodec.describe());
    }

    @Override
    public String toString() {
        return kind + " of " + type + " by namespace " + namespaceCodec.describe();
    }
}
