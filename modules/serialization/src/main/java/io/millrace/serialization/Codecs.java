// SPDX-License-Identifier: Apache-2.0
package io.millrace.serialization;

import io.millrace.api.types.TypeHint;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds codecs of types. One a subtask; not thread-safe. */
public final class Codecs {
    /**
     * @param registeredTypes classes that the job registered, by id
     */
    public Codecs(Map<Integer, Class<?>> registeredTypes) {}
}
