// SPDX-License-Identifier: Apache-2.0
package io.millrace.state;

import io.millrace.api.types.TypeHint;
import io.millrace.serialization.Codec;
import io.millrace.serialization.Codecs;
import io.millrace.serialization.KeyCodec;
import java.util.Map;

/** Finds the codec of a declared type; {@code codecs::forType} is one. Called on the subtask's thread. */
@FunctionalInterface
public interface CodecLookup {
    /**
     * @throws io.millrace.serialization.CodecException when the type has no codec
     */
    <T> Codec<T> forType(TypeHint<T> type);

    /**
     * The codec of a map's keys, which are found by their bytes where state is kept on disk. What a job registers is no
     * part of a key, so all codecs agree on it.
     *
     * @throws io.millrace.serialization.CodecException when the type has no canonical bytes, with the path to the field
     */
    default <K> KeyCodec<K> forKey(TypeHint<K> type) {
        return new Codecs(Map.of()).forKey(type);
    }
}
