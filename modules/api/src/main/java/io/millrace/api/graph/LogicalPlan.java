// SPDX-License-Identifier: Apache-2.0
package io.millrace.api.graph;

import io.millrace.api.Internal;
import io.millrace.api.JobDefinitionException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** All transformations of a job in the order of their definition. Confined to the defining thread. */
@Internal
public final class LogicalPlan {
    private static final int MAX_TYPE_ID = 9_999;

    private final List<Transformation> transformations = new ArrayList<>();
    private final Map<Integer, Class<?>> registeredTypes = new TreeMap<>();
    private int defaultParallelism;
    private int maxParallelism;

    public LogicalPlan(int defaultParallelism, int maxParallelism) {
        setDefaultParallelism(defaultParallelism);
        setMaxParallelism(maxParallelism);
    }

    /** Adds an operator fed by {@code inputs}; its id is its position. */
    public Transformation add(OperatorSpec spec, List<StreamInput> inputs) {
        Transformation node = new Transformation(transformations.size(), spec, inputs);
        transformations.add(node);
        return node;
    }

    public List<Transformation> transformations() {
        return Collections.unmodifiableList(transformations);
    }

    public void setDefaultParallelism(int parallelism) {
        this.defaultParallelism = Transformation.checkParallelism(parallelism, "the job's parallelism");
    }

    public int defaultParallelism() {
        return defaultParallelism;
    }

    public void setMaxParallelism(int maxParallelism) {
        if (maxParallelism < 1 || maxParallelism > 32_768) {
            throw new JobDefinitionException(
                    "Max parallelism is the number of key groups, 1 to 32768, not " + maxParallelism + ".");
        }
        this.maxParallelism = maxParallelism;
    }

    public int maxParallelism() {
        return maxParallelism;
    }

    public void registerType(Class<?> type, int id) {
        if (id < 0 || id > MAX_TYPE_ID) {
            throw new JobDefinitionException(
                    "The id of " + type.getName() + " must be 0 to " + MAX_TYPE_ID + ", not " + id + ".");
        }
        registeredTypes.forEach((otherId, other) -> {
            if (other == type && otherId != id) {
                throw new JobDefinitionException(type.getName() + " is registered under both " + otherId + " and " + id
                        + "; keep the one that existing state was written with.");
            }
        });
        Class<?> known = registeredTypes.putIfAbsent(id, type);
        if (known != null && known != type) {
            throw new JobDefinitionException("The id " + id + " is given to both " + known.getName() + " and "
                    + type.getName() + "; give each type an id of its own.");
        }
    }

    /** Classes that the job registered, by id. */
    public Map<Integer, Class<?>> registeredTypes() {
        return Collections.unmodifiableMap(registeredTypes);
    }
}
