// SPDX-License-Identifier: Apache-2.0
package io.millrace.runtime;

import io.millrace.runtime.definition.JobClasses;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The class loaders of jobs that were submitted on this node; the node's own for all others. Thread-safe. */
final class JobClassLoaders implements JobClasses {
    private final Map<String, ClassLoader> loaders = new ConcurrentHashMap<>();

    void register(Class<?> jobClass) {
        ClassLoader loader = jobClass.getClassLoader();
        if (loader != null) {
            loaders.put(jobClass.getName(), loader);
        }
    }

    @Override
    public ClassLoader loaderOf(String jobClass) {
        ClassLoader known = loaders.get(jobClass);
        return known != null ? known : JobClassLoaders.class.getClassLoader();
    }
}
