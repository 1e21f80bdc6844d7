// SPDX-License-Identifier: Apache-2.0
package io.millrace.state.memory;

import io.millrace.state.KeyedStateBackend;
import io.millrace.state.KeyedStateSettings;
import io.millrace.state.StateBackend;

/** Keeps all state as objects on the heap; for state that fits there. */
public final class MemoryStateBackend implements StateBackend {
    @Override
    public String name() {
        return "memory";
    }

    @Override
    public KeyedStateBackend create(KeyedStateSettings settings) {
        return new MemoryKeyedStateBackend(settings);
    }
}
