// SPDX-License-Identifier: Apache-2.0
package io.millrace.plan;

import java.util.Locale;

/** A job graph as text for people: a block for each vertex with its chain and its inputs. */
public final class PlanText {
    private static final String INDENT = "    ";

    private final JobGraph graph;
    private final StringBuilder text = new StringBuilder();

    private PlanText(JobGraph graph) {
        this.graph = graph;
    }

    /** The text, lines ended by {@code \n}; the same for equal definitions. */
    public static String of(JobGraph graph) {
        return new PlanText(graph).write();
    }

    private String write() {
        text.append("Job graph: ")
                .append(counted(graph.vertices().size(), "vertex", "vertices"))
                .append(", ")
                .append(counted(graph.edges().size(), "edge", "edges"))
                .append(", ")
                .append(counted(graph.maxParallelism(), "key group", "key groups"))
                .append(", fingerprint ")
                .append(graph.fingerprint().digest())
                .append('\n');
        graph.vertices().forEach(this::vertex);
        return text.toString();
    }

    private static String counted(int count, String one, String many) {
        return count + " " + (count == 1 ? one : many);
    }

    private void vertex(Vertex vertex) {
        text.append('\n').append(title(vertex)).append('\n');
        text.append(INDENT)
                .append(vertex.kind().name().toLowerCase(Locale.ROOT))
                .append(", parallelism ")
                .append(vertex.parallelism())
                .append(vertex.blocking() ? ", blocking" : "");
        if (!vertex.slotSharingGroup().equals(Vertex.DEFAULT_GROUP)) {
            text.append(", slot sharing group '")
                    .append(vertex.slotSharingGroup())
                    .append('\'');
        }
        text.append('\n');
        graph.inputsOf(vertex.index()).forEach(this::input);
        if (vertex.kind() != Vertex.Kind.ENUMERATOR) {
            vertex.chain().forEach(this::operator);
        }
    }

    private static String title(Vertex vertex) {
        return "[" + vertex.index() + "] " + vertex.id();
    }

    private void input(Edge edge) {
        Vertex from = graph.vertices().get(edge.from());
        text.append(INDENT)
                .append(graph.isFeedback(edge) ? "<- feedback of " : "<- ")
                .append(title(from))
                .append(", ")
                .append(edge.partitioning().name().toLowerCase(Locale.ROOT));
        if (edge.partitioning() == EdgePartitioning.HASH) {
            text.append(" by ").append(edge.keyType() == null ? "a key of undeclared type" : edge.keyType());
        }
        if (edge.sideOutput() != null) {
            text.append(", side output '")
                    .append(edge.sideOutput().name())
                    .append("' of ")
                    .append(from.chain().get(edge.fromOperator()).id());
        }
        if (edge.recordType() != null) {
            text.append(", records ").append(edge.recordType());
        }
        text.append('\n');
    }

    private void operator(ChainedOperator operator) {
        text.append(INDENT)
                .append("* ")
                .append(operator.id())
                .append(" (")
                .append(operator.spec().label())
                .append(')');
        if (!operator.name().equals(operator.id())
                && !operator.name().equals(operator.spec().label())) {
            text.append(" '").append(operator.name()).append('\'');
        }
        String details = operator.spec().details();
        text.append(details.isEmpty() ? "" : ", " + details).append('\n');
    }
}
