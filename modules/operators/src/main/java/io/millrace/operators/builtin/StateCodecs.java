// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.builtin;

import io.millrace.api.types.TypeHint;
import io.millrace.serialization.Codec;
import io.millrace.serialization.Codecs;
import org.jspecify.annotations.Nullable;

/** Picks the codec of what an operator keeps in state. */
@FunctionalInterface
public interface StateCodecs {
    /**
     * @param codecs the subtask's codecs
     * @param type the declared type, or null where none was declared
     */
    <T> Codec<T> codecOf(Codecs codecs, @Nullable TypeHint<?> type);
}
