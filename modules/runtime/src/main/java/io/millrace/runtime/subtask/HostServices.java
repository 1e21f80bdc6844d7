// SPDX-License-Identifier: Apache-2.0
package io.millrace.runtime.subtask;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** What the host of the jobs has registered for their functions on this node, each under one type. Thread-safe. */
public final class HostServices {
    private final Map<Class<?>, Object> services = new ConcurrentHashMap<>();

    /**
     * Registers a service.
     *
     * @throws IllegalArgumentException when it is not of that type
     * @throws IllegalStateException when another stands under that type
     */
    public <S> void register(Class<S> type, S service) {
        if (!type.isInstance(service)) {
            throw new IllegalArgumentException("The service " + service + " is no " + type.getName() + ".");
        }
        Object known = services.putIfAbsent(type, service);
        if (known != null && known != service) {
            throw new IllegalStateException("There is a service for " + type.getName()
                    + " on this node already: running functions hold it. Register each type once.");
        }
    }

    <S> @Nullable S find(Class<S> type) {
        return type.cast(services.get(type));
    }
}
