// SPDX-License-Identifier: Apache-2.0
package io.millrace.plan;

import io.millrace.api.StreamJob;
import io.millrace.api.function.WrappedFunction;
import io.millrace.api.graph.OperatorSpec;
import io.millrace.api.types.TypeHint;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Computes a job graph's fingerprint. */
final class FingerprintParts {
    private final List<Vertex> vertices;
    private final List<Edge> edges;
    private final UserClasses classes;
    private final Map<String, String> parts = new LinkedHashMap<>();

    FingerprintParts(
            List<Vertex> vertices,
            List<Edge> edges,
            int maxParallelism,
            Map<Integer, Class<?>> registeredTypes,
            Class<? extends StreamJob> jobClass) {
        this.vertices = vertices;
        this.edges = edges;
        this.classes = new UserClasses(jobClass);
        parts.put("max parallelism", new Digest().number(maxParallelism).hex());
        registeredTypes.forEach((id, type) -> {
            parts.put("registered type " + id, new Digest().text(type.getName()).hex());
            classes.add(type);
        });
    }

    Fingerprint fingerprint() {
        vertices.forEach(this::vertex);
        edges.forEach(this::edge);
        classes.hashes().forEach((name, hash) -> parts.put(Fingerprint.CLASS_PREFIX + name, hash));
        return new Fingerprint(parts);
    }

    private void vertex(Vertex vertex) {
        Digest digest = new Digest()
                .text(vertex.id())
                .text(vertex.kind().name())
                .number(vertex.parallelism())
                .text(vertex.slotSharingGroup())
                .number(vertex.chain().size());
        for (ChainedOperator operator : vertex.chain()) {
            OperatorSpec spec = operator.spec();
            digest.text(operator.id()).text(spec.label()).text(spec.details());
            spec.stateTypes().forEach(type -> digest.text(type(type)));
            spec.functions().stream().filter(Objects::nonNull).forEach(this::function);
        }
        parts.put("vertex " + vertex.index() + " (" + vertex.id() + ")", digest.hex());
    }

    /** A function, and the one of the user where it is the engine's own around that. */
    private void function(Object function) {
        classes.addClassOf(function);
        if (function instanceof WrappedFunction wrapper) {
            function(wrapper.wrapped());
        }
    }

    private void edge(Edge edge) {
        Vertex from = vertices.get(edge.from());
        Vertex to = vertices.get(edge.to());
        Digest digest = new Digest()
                .text(from.id())
                .text(to.id())
                .text(from.chain().get(edge.fromOperator()).id())
                .text(edge.partitioning().name())
                .text(type(edge.keyType()))
                .text(type(edge.recordType()))
                .number(edge.input())
                // An empty name and none must not look alike.
                .text(
                        edge.sideOutput() == null
                                ? ""
                                : "side " + edge.sideOutput().name());
        if (edge.keySelector() != null) {
            classes.addClassOf(edge.keySelector());
        }
        if (edge.partitioner() != null) {
            classes.addClassOf(edge.partitioner());
        }
        parts.put("edge " + edge.index() + " (" + from.id() + " -> " + to.id() + ")", digest.hex());
    }

    private String type(@Nullable TypeHint<?> type) {
        if (type == null) {
            return "";
        }
        classes.add(type.type());
        return type.toString();
    }
}
