// SPDX-License-Identifier: Apache-2.0
package io.millrace.plan;

import io.millrace.api.graph.Partitioning;
import io.millrace.api.graph.Transformation;
import io.millrace.api.types.TypeHint;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether the types that a job declares can be written: those of keys, of what operators keep and of records between
 * operators. An undeclared type shows only with its first value.
 */
final class DeclaredTypes {
    private final ResolvedPlan plan;
    private final TypeChecks types;
    // Streams that several operators read would be reported once for each of them.
    private final Set<String> found = new LinkedHashSet<>();

    private DeclaredTypes(ResolvedPlan plan, TypeChecks types) {
        this.plan = plan;
        this.types = types;
    }

    static void check(ResolvedPlan plan, TypeChecks types, PlanProblems problems) {
        DeclaredTypes checks = new DeclaredTypes(plan, types);
        plan.operators().forEach(checks::operator);
        checks.found.forEach(problems::add);
    }

    private void operator(Transformation operator) {
        plan.inputsOf(operator).forEach(this::input);
        for (TypeHint<?> kept : operator.spec().stateTypes()) {
            // What is kept is often the records themselves: once is enough.
            boolean reported =
                    plan.inputsOf(operator).stream().anyMatch(input -> Objects.equals(input.recordType(), kept));
            if (!reported) {
                value("what the operator " + PlanProblems.describe(operator) + " keeps", kept);
            }
        }
    }

    private void input(ResolvedInput input) {
        if (input.partitioning() instanceof Partitioning.Hash hash && hash.keyType() != null) {
            String why = types.whyNoKey(hash.keyType());
            if (why != null) {
                found.add("The operator " + PlanProblems.describe(input.consumer()) + " is keyed by " + hash.keyType()
                        + ", which has no canonical bytes: " + why
                        + " Give keyBy(..) a key that is the same bytes after every restart.");
            }
        }
        String producer = PlanProblems.describe(input.producer());
        value(
                input.sideOutput() == null
                        ? "the records of " + producer
                        : "the side output '" + input.sideOutput().name() + "' of " + producer,
                input.recordType());
    }

    private void value(String what, @Nullable TypeHint<?> type) {
        String why = type == null ? null : types.whyNoValue(type);
        if (why != null) {
            found.add("The type " + type + " that is declared for " + what + " has no codec: " + why);
        }
    }
}
