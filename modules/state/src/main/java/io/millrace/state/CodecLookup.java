// SPDX-License-Identifier: Apache-2.0
package io.millrace.state;

import io.millrace.api.types.TypeHint;
import io.millrace.serialization.Codec;

/** Finds the codec of a declared type; {@code codecs::forType} is one. Called on the subtask's thread. */
@FunctionalInterface
public interface CodecLookup {
    /**
     * @throws io.millrace.serialization.CodecException when the type has no codec
     */
    <T> Codec<T> forType(TypeHint<T> type);
}
