// SPDX-License-Identifier: Apache-2.0
package io.millrace.state.memory;

import io.millrace.api.state.ValueState;
import io.millrace.state.NamespacedValueState;
import io.millrace.state.NoNamespace;
import java.util.List;

/** One value a key: what does not run for each record. */
abstract class HeldValue<T> extends HeldState<NoNamespace, T>
        implements ValueState<T>, NamespacedValueState<NoNamespace, T> {
    HeldValue(StateDefinition<NoNamespace, T> definition, CurrentKey keys, Versions versions) {
        super(definition, keys, versions, copierOf(definition.valueCodec()));
    }

    @Override
    public final void remove(NoNamespace namespace) {
        clearValue();
    }

    @Override
    public final void clear() {
        clearValue();
    }

    @Override
    final void restoreValue(NoNamespace namespace, T value) {
        store(value);
    }

    @Override
    public final FrozenState freeze(FrozenKeys frozenKeys) {
        return new FrozenValues<>(definition().duplicate(), index(), frozenKeys);
    }

    @Override
    public final void addNamespacesTo(List<NoNamespace> namespaces) {
        KeyEntry entry = keys().entry();
        if (entry != null && entry.get(index()) != null) {
            namespaces.add(NoNamespace.INSTANCE);
        }
    }
}
