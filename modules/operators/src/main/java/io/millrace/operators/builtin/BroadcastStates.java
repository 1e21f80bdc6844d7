// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.builtin;

import io.millrace.api.state.BroadcastState;
import io.millrace.api.state.MapStateDescriptor;
import io.millrace.operators.OperatorContext;
import io.millrace.operators.state.OperatorStates;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The broadcast state of an operator, as its functions ask for it with each record. */
final class BroadcastStates {
    private record Declared(MapStateDescriptor<?, ?> descriptor, BroadcastState<?, ?> state) {}

    private final OperatorContext context;
    private final Map<String, Declared> byName = new HashMap<>();

    BroadcastStates(
            OperatorContext context, OperatorStates operatorStates, List<MapStateDescriptor<?, ?>> descriptors) {
        this.context = context;
        for (MapStateDescriptor<?, ?> descriptor : descriptors) {
            byName.put(descriptor.name(), new Declared(descriptor, operatorStates.broadcastState(descriptor)));
        }
    }

    /**
     * The state of a descriptor like the one that was declared.
     *
     * @throws IllegalArgumentException when there is none
     */
    @SuppressWarnings("unchecked") // the declared types are the same
    <K, V> BroadcastState<K, V> of(MapStateDescriptor<K, V> asked) {
        Declared declared = byName.get(asked.name());
        if (declared == null || declared.descriptor != asked && !isSame(declared.descriptor, asked)) {
            throw unknown(asked, declared);
        }
        return (BroadcastState<K, V>) declared.state;
    }

    private static boolean isSame(MapStateDescriptor<?, ?> declared, MapStateDescriptor<?, ?> asked) {
        return declared.keyType().equals(asked.keyType())
                && declared.valueType().equals(asked.valueType());
    }

    private IllegalArgumentException unknown(MapStateDescriptor<?, ?> asked, Declared declared) {
        String known = declared == null
                ? ", but the stream was broadcast with " + byName.keySet()
                        + " only. Give its descriptor to broadcast(..)."
                : " of " + types(asked) + ", but the stream was broadcast with one of " + types(declared.descriptor)
                        + ". Use one descriptor for both.";
        return new IllegalArgumentException("The function of operator '" + context.operatorName() + "' ("
                + context.operatorId() + ") asks for the broadcast state '" + asked.name() + "'" + known);
    }

    private static String types(MapStateDescriptor<?, ?> descriptor) {
        return descriptor.keyType() + " to " + descriptor.valueType();
    }
}
