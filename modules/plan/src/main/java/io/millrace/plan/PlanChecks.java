// SPDX-License-Identifier: Apache-2.0
package io.millrace.plan;

import io.millrace.api.graph.OperatorSpec;
import io.millrace.api.graph.Partitioning;
import io.millrace.api.graph.StreamInput;
import io.millrace.api.graph.Transformation;
import io.millrace.api.stream.OutputTag;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a logical plan must satisfy, ids apart. */
final class PlanChecks {
    private final ResolvedPlan plan;
    private final PlanProblems problems;

    private PlanChecks(ResolvedPlan plan, PlanProblems problems) {
        this.plan = plan;
        this.problems = problems;
    }

    static void check(ResolvedPlan plan, PlanProblems problems) {
        PlanChecks checks = new PlanChecks(plan, problems);
        checks.endsExist();
        // Without these, everything else would only repeat in other words that they are missing.
        problems.throwIfAny();
        checks.everyStreamLeadsSomewhere();
        checks.unionsAreOnlyNamed();
        plan.operators().forEach(checks::operator);
    }

    private void endsExist() {
        List<Transformation> operators = plan.operators();
        if (operators.stream().noneMatch(node -> node.spec() instanceof OperatorSpec.SourceSpec)) {
            problems.add("The job has no source: begin with env.fromSource(..), fromCollection(..) or"
                    + " fromElements(..).");
        }
        if (operators.stream().noneMatch(node -> node.spec() instanceof OperatorSpec.SinkSpec)) {
            problems.add("The job has no sink: end its streams in sinkTo(..).");
        }
    }

    private void everyStreamLeadsSomewhere() {
        Set<Transformation> read = new HashSet<>();
        List<Transformation> nodes = plan.logical().transformations();
        nodes.forEach(node -> node.inputs().forEach(input -> read.add(input.source())));
        for (Transformation node : nodes) {
            if (!read.contains(node) && !(node.spec() instanceof OperatorSpec.SinkSpec)) {
                problems.add("The stream '" + node.name() + "' leads nowhere: end it in sinkTo(..) or remove it.");
            }
        }
    }

    /** A union becomes edges, so there is nothing that could have a parallelism, a state or a dispatcher. */
    private void unionsAreOnlyNamed() {
        for (Transformation node : plan.logical().transformations()) {
            if (ResolvedPlan.isUnion(node) && isConfigured(node)) {
                problems.add("The union '" + node.name() + "' only joins streams and does not run as an operator, so it"
                        + " takes no setParallelism(..), uid(..), blocking() or slotSharingGroup(..). Set them on the"
                        + " operator after it.");
            }
        }
    }

    private static boolean isConfigured(Transformation node) {
        return node.parallelism() != 0 || node.uid() != null || node.blocking() || node.slotSharingGroup() != null;
    }

    private void operator(Transformation operator) {
        boolean keysAreMissing = plan.inputsOf(operator).stream()
                .anyMatch(input -> operator.spec().keyed(input.ordinal()) && !input.isHash());
        if (keysAreMissing) {
            problems.add("The operator " + PlanProblems.describe(operator)
                    + " works on keys, but not all of its input is grouped by key: put keyBy(..) right before it.");
        }
        keysAreOfOneType(operator);
        boolean takesKeys = plan.inputsOf(operator).stream().anyMatch(ResolvedInput::isHash);
        int parallelism = plan.parallelismOf(operator);
        int keyGroups = plan.logical().maxParallelism();
        if (takesKeys && parallelism > keyGroups) {
            problems.add("The operator " + PlanProblems.describe(operator) + " has a parallelism of " + parallelism
                    + ", more than the job's max parallelism (number of key groups) of " + keyGroups
                    + ". Lower the first or raise env.setMaxParallelism(..).");
        }
        plan.inputsOf(operator).forEach(this::forwardKeepsItsSize);
        sideOutputsExist(operator);
    }

    /** All that a keyed operator reads shares the state of its key; so may what any other function of two streams reads. */
    private void keysAreOfOneType(Transformation operator) {
        ResolvedInput first = null;
        boolean mayShare = operator.spec() instanceof OperatorSpec.TwoInputSpec;
        for (ResolvedInput input : plan.inputsOf(operator)) {
            if (!mayShare && !operator.spec().keyed(input.ordinal())
                    || !(input.partitioning() instanceof Partitioning.Hash hash)
                    || hash.keyType() == null) {
                continue;
            }
            if (first == null) {
                first = input;
            } else if (!hash.keyType().equals(((Partitioning.Hash) first.partitioning()).keyType())) {
                problems.add("The operator " + PlanProblems.describe(operator) + " reads "
                        + PlanProblems.describe(first.producer()) + " by keys of "
                        + ((Partitioning.Hash) first.partitioning()).keyType() + " and "
                        + PlanProblems.describe(input.producer()) + " by keys of " + hash.keyType()
                        + ": group all its inputs by keys of one type.");
            }
        }
    }

    private void forwardKeepsItsSize(ResolvedInput input) {
        int from = plan.parallelismOf(input.producer());
        int to = plan.parallelismOf(input.consumer());
        if (input.partitioning() instanceof Partitioning.Forward forward && forward.required() && from != to) {
            problems.add("forward() leads from the operator " + PlanProblems.describe(input.producer())
                    + " with a parallelism of " + from + " to " + PlanProblems.describe(input.consumer()) + " with "
                    + to + ": give both the same parallelism, or use rescale() or rebalance().");
        }
    }

    private void sideOutputsExist(Transformation operator) {
        for (StreamInput input : operator.inputs()) {
            OutputTag<?> tag = input.sideOutput();
            if (tag != null && ResolvedPlan.isUnion(input.source())) {
                problems.add(noSideOutput(input.source(), tag));
            }
        }
        Map<String, OutputTag<?>> tags = new HashMap<>();
        for (ResolvedInput output : plan.outputsOf(operator)) {
            OutputTag<?> tag = output.sideOutput();
            if (tag == null) {
                continue;
            }
            OutputTag<?> known = tags.putIfAbsent(tag.name(), tag);
            if (known != null && !known.equals(tag)) {
                problems.add("The side output '" + tag.name() + "' of " + PlanProblems.describe(operator)
                        + " is read as " + known.type() + " and as " + tag.type()
                        + ": give each side output a name of its own.");
            } else if (known == null && !operator.spec().mayEmitTo(tag)) {
                problems.add(noSideOutput(operator, tag));
            }
        }
    }

    private static String noSideOutput(Transformation operator, OutputTag<?> tag) {
        return "The operator " + PlanProblems.describe(operator) + " has no side output '" + tag.name()
                + "': call getSideOutput(..) on the stream of a process(..), or of a window with"
                + " sideOutputLateData(..) of the same tag.";
    }
}
