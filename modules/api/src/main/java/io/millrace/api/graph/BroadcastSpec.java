// SPDX-License-Identifier: Apache-2.0
package io.millrace.api.graph;

import io.millrace.api.Internal;
import io.millrace.api.function.RichFunction;
import io.millrace.api.state.MapStateDescriptor;
import io.millrace.api.stream.OutputTag;
import io.millrace.api.types.TypeHint;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A function on a stream and a broadcast one.
 *
 * @param keyed true when the first stream is grouped by key
 * @param states what it keeps of the broadcast stream
 */
@Internal
public record BroadcastSpec(RichFunction function, boolean keyed, List<MapStateDescriptor<?, ?>> states)
        implements OperatorSpec.TwoInputSpec {
    @Override
    public String label() {
        return keyed ? "keyedBroadcastProcess" : "broadcastProcess";
    }

    @Override
    public boolean stateful() {
        return true;
    }

    @Override
    public boolean keyed(int ordinal) {
        return keyed && ordinal == 0;
    }

    @Override
    public boolean mayEmitTo(OutputTag<?> tag) {
        return true;
    }

    @Override
    public List<@Nullable TypeHint<?>> stateTypes() {
        List<@Nullable TypeHint<?>> types = new ArrayList<>();
        states.forEach(state -> types.addAll(List.of(state.keyType(), state.valueType())));
        return types;
    }

    @Override
    public String details() {
        return "broadcast state "
                + states.stream().map(MapStateDescriptor::name).toList();
    }
}
