// SPDX-License-Identifier: Apache-2.0
package io.millrace.plan;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A job graph as nested maps and lists of strings, numbers and booleans, for whatever writes JSON. What does not apply
 * is left out, never null.
 */
public final class PlanDescription {
    private PlanDescription() {}

    /** The description; keys in the order in which people read them. */
    public static Map<String, Object> of(JobGraph graph) {
        Map<String, Object> description = new LinkedHashMap<>();
        description.put("maxParallelism", graph.maxParallelism());
        description.put("fingerprint", graph.fingerprint().digest());
        description.put("fingerprintParts", graph.fingerprint().parts());
        Map<String, Object> types = new LinkedHashMap<>();
        graph.registeredTypes().forEach((id, type) -> types.put(Integer.toString(id), type.getName()));
        description.put("registeredTypes", types);
        description.put(
                "vertices",
                graph.vertices().stream().map(PlanDescription::vertex).toList());
        description.put(
                "edges", graph.edges().stream().map(edge -> edge(graph, edge)).toList());
        return description;
    }

    private static Map<String, Object> vertex(Vertex vertex) {
        Map<String, Object> description = new LinkedHashMap<>();
        description.put("index", vertex.index());
        description.put("id", vertex.id());
        description.put("name", vertex.name());
        description.put("kind", vertex.kind().name().toLowerCase(Locale.ROOT));
        description.put("parallelism", vertex.parallelism());
        description.put("blocking", vertex.blocking());
        if (!vertex.slotSharingGroup().equals(Vertex.DEFAULT_GROUP)) {
            description.put("slotSharingGroup", vertex.slotSharingGroup());
        }
        List<Map<String, Object>> operators =
                vertex.chain().stream().map(PlanDescription::operator).toList();
        description.put("operators", operators);
        return description;
    }

    private static Map<String, Object> operator(ChainedOperator operator) {
        Map<String, Object> description = new LinkedHashMap<>();
        description.put("id", operator.id());
        description.put("name", operator.name());
        description.put("kind", operator.spec().label());
        String details = operator.spec().details();
        if (!details.isEmpty()) {
            description.put("details", details);
        }
        return description;
    }

    private static Map<String, Object> edge(JobGraph graph, Edge edge) {
        Map<String, Object> description = new LinkedHashMap<>();
        description.put("index", edge.index());
        description.put("from", edge.from());
        description.put("to", edge.to());
        Vertex from = graph.vertices().get(edge.from());
        description.put("fromOperator", from.chain().get(edge.fromOperator()).id());
        description.put("partitioning", edge.partitioning().name().toLowerCase(Locale.ROOT));
        if (graph.isFeedback(edge)) {
            description.put("feedback", true);
        }
        if (edge.sideOutput() != null) {
            description.put("sideOutput", edge.sideOutput().name());
        }
        if (edge.keyType() != null) {
            description.put("keyType", edge.keyType().toString());
        }
        if (edge.recordType() != null) {
            description.put("recordType", edge.recordType().toString());
        }
        return description;
    }
}
