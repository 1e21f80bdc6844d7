// SPDX-License-Identifier: Apache-2.0
package io.millrace.api.stream;

import io.millrace.api.JobDefinitionException;
import io.millrace.api.Stable;
import io.millrace.api.state.MapStateDescriptor;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A stream whose every record goes to all subtasks of the function that it is {@link DataStream#connect(BroadcastStream)
 * connected} with, and the broadcast state that this function keeps. Confined to the defining thread.
 */
@Stable
public final class BroadcastStream<T> {
    final DataStream<T> stream;
    final List<MapStateDescriptor<?, ?>> states;

    BroadcastStream(DataStream<T> stream, List<MapStateDescriptor<?, ?>> states) {
        this.stream = stream;
        this.states = List.copyOf(states);
        Set<String> names = new HashSet<>();
        for (MapStateDescriptor<?, ?> state : states) {
            if (state.name().startsWith("_") || !names.add(state.name())) {
                throw new JobDefinitionException("The broadcast state '" + state.name() + "' of '"
                        + stream.node.name()
                        + "' must have another name: each has its own, and names that begin with '_'"
                        + " belong to the engine.");
            }
        }
    }
}
