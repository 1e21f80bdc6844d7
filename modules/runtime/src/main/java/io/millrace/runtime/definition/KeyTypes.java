// SPDX-License-Identifier: Apache-2.0
package io.millrace.runtime.definition;

import io.millrace.api.JobDefinitionException;
import io.millrace.plan.Edge;
import io.millrace.plan.JobGraph;
import io.millrace.serialization.CodecException;
import io.millrace.serialization.Codecs;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Checks the declared types of keys. A key's bytes decide which subtask has its state, now and after a recovery, so a
 * type whose equal values may have different bytes would lose state without a word.
 */
final class KeyTypes {
    private KeyTypes() {}

    /**
     * @throws JobDefinitionException with all keyed streams whose declared type has no canonical bytes
     */
    static void check(JobGraph graph, ClassLoader loader) {
        Codecs codecs = new Codecs(graph.registeredTypes(), loader);
        Set<String> problems = new LinkedHashSet<>();
        for (Edge edge : graph.edges()) {
            if (edge.keyType() == null) {
                continue;
            }
            try {
                codecs.forKey(edge.keyType());
            } catch (CodecException e) {
                problems.add("The keys of the stream into '"
                        + graph.vertices().get(edge.to()).name() + "' are declared as " + edge.keyType()
                        + ", which has no canonical bytes: " + e.getMessage());
            }
        }
        if (!problems.isEmpty()) {
            throw new JobDefinitionException(String.join("\n", problems));
        }
    }
}
