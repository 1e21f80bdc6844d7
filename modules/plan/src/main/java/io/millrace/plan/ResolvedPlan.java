// SPDX-License-Identifier: Apache-2.0
package io.millrace.plan;

import io.millrace.api.graph.LogicalPlan;
import io.millrace.api.graph.OperatorSpec;
import io.millrace.api.graph.Partitioning;
import io.millrace.api.graph.StreamInput;
import io.millrace.api.graph.Transformation;
import io.millrace.api.types.TypeHint;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The logical plan without its unions: operators, and for each of them what it reads and who reads it. */
final class ResolvedPlan {
    /** An input of an operator. */
    private record Reader(Transformation operator, int ordinal) {}

    private final LogicalPlan plan;
    private final List<Transformation> operators = new ArrayList<>();
    private final List<List<ResolvedInput>> inputs = new ArrayList<>();
    private final List<List<ResolvedInput>> outputs = new ArrayList<>();
    private final Map<Transformation, String> slotSharingGroups = new HashMap<>();

    ResolvedPlan(LogicalPlan plan) {
        this.plan = plan;
        plan.transformations().forEach(node -> {
            inputs.add(new ArrayList<>());
            outputs.add(new ArrayList<>());
        });
        for (Transformation node : plan.transformations()) {
            if (!isUnion(node)) {
                operators.add(node);
                node.inputs()
                        .forEach(
                                input -> resolve(new Reader(node, input.ordinal()), input, input.partitioning(), null));
            }
        }
        operators.forEach(operator -> slotSharingGroups.put(operator, groupFor(operator)));
    }

    private String groupFor(Transformation operator) {
        String own = operator.slotSharingGroup();
        if (own != null) {
            return own;
        }
        Set<String> groups = new HashSet<>();
        // What comes back in a loop is defined later, and takes its group from here.
        inputsOf(operator).stream()
                .filter(input -> slotSharingGroups.containsKey(input.producer()))
                .forEach(input -> groups.add(slotSharingGroupOf(input.producer())));
        return groups.size() == 1 ? groups.iterator().next() : Vertex.DEFAULT_GROUP;
    }

    static boolean isUnion(Transformation node) {
        return node.spec() instanceof OperatorSpec.UnionSpec;
    }

    /**
     * Follows an input through any unions to the operators that emit the records.
     *
     * @param partitioning what wins so far: the first one from the consumer's side that was asked for
     * @param unionType declared type of the last union passed, for producers that declare none
     */
    private void resolve(Reader reader, StreamInput input, Partitioning partitioning, @Nullable TypeHint<?> unionType) {
        Transformation source = input.source();
        if (isUnion(source)) {
            TypeHint<?> type = source.outputType() == null ? unionType : source.outputType();
            for (StreamInput inner : source.inputs()) {
                boolean decided = !(partitioning instanceof Partitioning.Forward forward) || forward.required();
                resolve(reader, inner, decided ? partitioning : inner.partitioning(), type);
            }
            return;
        }
        TypeHint<?> declared = input.sideOutput() == null
                ? source.outputType()
                : input.sideOutput().type();
        ResolvedInput resolved = new ResolvedInput(
                source,
                reader.operator,
                partitioning,
                input.sideOutput(),
                declared == null ? unionType : declared,
                reader.ordinal);
        inputs.get(reader.operator.id()).add(resolved);
        outputs.get(source.id()).add(resolved);
    }

    LogicalPlan logical() {
        return plan;
    }

    /** All operators but unions, in the order of their definition; producers come before their consumers. */
    List<Transformation> operators() {
        return operators;
    }

    /** What an operator reads, by position. */
    List<ResolvedInput> inputsOf(Transformation operator) {
        return inputs.get(operator.id());
    }

    /** Who reads an operator's main and side outputs. */
    List<ResolvedInput> outputsOf(Transformation operator) {
        return outputs.get(operator.id());
    }

    /** How many inputs read an operator's main output. */
    long mainConsumersOf(Transformation operator) {
        return outputsOf(operator).stream()
                .filter(output -> output.sideOutput() == null)
                .count();
    }

    /** The group whose slots an operator takes: its own, or that of its inputs where they agree. */
    String slotSharingGroupOf(Transformation operator) {
        return slotSharingGroups.getOrDefault(operator, Vertex.DEFAULT_GROUP);
    }

    int parallelismOf(Transformation operator) {
        return operator.parallelism() == 0 ? plan.defaultParallelism() : operator.parallelism();
    }
}
