// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators;

import io.millrace.state.StateSnapshot;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * What an operator puts into a checkpoint.
 *
 * @param keyed keyed state and timers, or null
 * @param parts state of the operator itself, by name; a part may still be on its way, for example until a file is
 *     forced to disk
 */
public record OperatorSnapshot(@Nullable StateSnapshot keyed, Map<String, CompletionStage<byte[]>> parts) {
    public static final OperatorSnapshot EMPTY = new OperatorSnapshot(null, Map.of());
}
