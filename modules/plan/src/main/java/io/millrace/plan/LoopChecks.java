// SPDX-License-Identifier: Apache-2.0
package io.millrace.plan;

import io.millrace.api.graph.BroadcastSpec;
import io.millrace.api.graph.ConnectSpec;
import io.millrace.api.graph.OperatorSpec;
import io.millrace.api.graph.Transformation;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** What feedback loops must satisfy. */
final class LoopChecks {
    /**
     * Operators that emit because of a record, a watermark or the clock, and for no other reason: for these it is known
     * that nothing is left in them when nothing circulates. One that waits for the outside world, or that emits at the
     * end of its input, would still emit when its loop has been closed.
     */
    private static final Set<Class<? extends OperatorSpec>> KNOWN_IN_LOOPS = Set.of(
            OperatorSpec.IterationSpec.class,
            OperatorSpec.MapSpec.class,
            OperatorSpec.FilterSpec.class,
            OperatorSpec.FlatMapSpec.class,
            OperatorSpec.ProcessSpec.class,
            OperatorSpec.KeyedProcessSpec.class,
            ConnectSpec.class,
            BroadcastSpec.class,
            OperatorSpec.ReduceSpec.class,
            OperatorSpec.WatermarkSpec.class);

    private final ResolvedPlan plan;
    private final PlanProblems problems;

    private LoopChecks(ResolvedPlan plan, PlanProblems problems) {
        this.plan = plan;
        this.problems = problems;
    }

    static void check(ResolvedPlan plan, PlanProblems problems) {
        LoopChecks checks = new LoopChecks(plan, problems);
        plan.operators().stream().filter(LoopChecks::isHead).forEach(checks::loop);
    }

    private static boolean isHead(Transformation operator) {
        return operator.spec() instanceof OperatorSpec.IterationSpec;
    }

    private void loop(Transformation head) {
        List<Transformation> tails = plan.inputsOf(head).stream()
                .filter(input -> input.ordinal() == OperatorSpec.IterationSpec.FEEDBACK)
                .map(ResolvedInput::producer)
                .toList();
        if (tails.isEmpty()) {
            problems.add("The loop " + PlanProblems.describe(head)
                    + " is never closed: give closeWith(..) the stream that is to come back, or remove iterate().");
            return;
        }
        Set<Transformation> behind = reachable(List.of(head), operator -> consumersOf(operator));
        for (Transformation tail : tails) {
            if (!behind.contains(tail)) {
                problems.add("closeWith(..) of the loop " + PlanProblems.describe(head) + " is given the stream of "
                        + PlanProblems.describe(tail)
                        + ", which does not come from the loop: join it to the loop's input by union(..).");
            }
        }
        Set<Transformation> body = reachable(tails, operator -> producersOf(operator));
        body.retainAll(behind);
        body.forEach(operator -> inside(operator, head));
    }

    private void inside(Transformation operator, Transformation head) {
        if (isHead(operator) && operator != head) {
            // Said for both ways round otherwise.
            if (operator.id() > head.id()) {
                problems.add(
                        "The loop " + PlanProblems.describe(operator) + " is inside the loop "
                                + PlanProblems.describe(head)
                                + ": loops cannot be nested. Make them one, with a field that says which of both a record is in.");
            }
        } else if (!isKnownInLoops(operator.spec())) {
            problems.add("The operator " + PlanProblems.describe(operator) + " stands in the loop "
                    + PlanProblems.describe(head) + ", where a '"
                    + operator.spec().label()
                    + "' of this kind does not work: put it before or behind the loop.");
        }
    }

    private static boolean isKnownInLoops(OperatorSpec spec) {
        // Windows that the clock fires do so at the end of the input, too.
        boolean byWatermarksAlone = spec instanceof OperatorSpec.WindowSpec && spec.waitsForWatermarks();
        return byWatermarksAlone || KNOWN_IN_LOOPS.contains(spec.getClass());
    }

    private List<Transformation> consumersOf(Transformation operator) {
        return plan.outputsOf(operator).stream().map(ResolvedInput::consumer).toList();
    }

    private List<Transformation> producersOf(Transformation operator) {
        return plan.inputsOf(operator).stream().map(ResolvedInput::producer).toList();
    }

    private static Set<Transformation> reachable(
            Collection<Transformation> from, Function<Transformation, List<Transformation>> next) {
        Set<Transformation> reached = new LinkedHashSet<>();
        Deque<Transformation> ahead = new ArrayDeque<>(from);
        while (!ahead.isEmpty()) {
            Transformation operator = ahead.remove();
            if (reached.add(operator)) {
                ahead.addAll(next.apply(operator));
            }
        }
        return reached;
    }
}
