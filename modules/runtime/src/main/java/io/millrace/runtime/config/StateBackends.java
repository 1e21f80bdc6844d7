// SPDX-License-Identifier: Apache-2.0
package io.millrace.runtime.config;

import io.millrace.state.StateBackend;
import java.util.ServiceLoader;
import java.util.TreeMap;

/** Finds state backends on the class path, by the name that {@code millrace.state.backend} gives. */
final class StateBackends {
    private StateBackends() {}

    /**
     * @throws IllegalArgumentException when none has that name, naming those there are
     */
    static StateBackend named(String name) {
        TreeMap<String, StateBackend> found = new TreeMap<>();
        for (StateBackend backend : ServiceLoader.load(StateBackend.class, StateBackends.class.getClassLoader())) {
            found.put(backend.name(), backend);
        }
        StateBackend backend = found.get(name);
        if (backend == null) {
            throw new IllegalArgumentException("There is no state backend '" + name
                    + "', as millrace.state.backend asks for; on the class path are "
                    + String.join(", ", found.keySet()) + ".");
        }
        return backend;
    }
}
