// SPDX-License-Identifier: Apache-2.0
package io.millrace.plan;

import io.millrace.api.graph.OperatorSpec;
import io.millrace.api.graph.Transformation;
import io.millrace.api.source.CollectionSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The stable id of each operator: its uid; for a source its name, as its positions are state even if its author thinks
 * of none; for other stateless operators their position in the definition.
 */
final class OperatorIds {
    static final String ENUMERATOR_SUFFIX = ".splits";

    private static final String COLLECTION = "collection";
    private static final int MAX_LENGTH = 120;

    private final PlanProblems problems;
    private final Map<Transformation, String> ids = new HashMap<>();
    private final Map<String, Transformation> owners = new HashMap<>();
    private int collections;

    private OperatorIds(PlanProblems problems) {
        this.problems = problems;
    }

    static OperatorIds assign(ResolvedPlan plan, PlanProblems problems) {
        OperatorIds result = new OperatorIds(problems);
        for (Transformation operator : plan.operators()) {
            String id = result.idFor(operator);
            result.ids.put(operator, id);
            result.claim(id, operator);
        }
        plan.operators().forEach(result::enumeratorIsFree);
        result.reportMissing(plan);
        return result;
    }

    String of(Transformation operator) {
        String id = ids.get(operator);
        if (id == null) {
            throw new IllegalStateException("No id for " + PlanProblems.describe(operator));
        }
        return id;
    }

    private String idFor(Transformation operator) {
        String uid = operator.uid();
        if (uid != null) {
            return uid;
        }
        if (!isSource(operator)) {
            return "op-" + operator.id() + "-" + operator.spec().label();
        }
        if (isUnnamedCollection(operator)) {
            collections++;
            return collections == 1 ? COLLECTION : COLLECTION + "-" + collections;
        }
        return safe(operator.name(), "source");
    }

    /** True when it is an id that {@link #assign} makes of an operator's position. */
    static boolean isPosition(String id, OperatorSpec spec) {
        return id.matches("op-[0-9]+-" + spec.label());
    }

    private static boolean isSource(Transformation operator) {
        return operator.spec() instanceof OperatorSpec.SourceSpec;
    }

    private static boolean isUnnamedCollection(Transformation operator) {
        return operator.spec() instanceof OperatorSpec.SourceSpec spec
                && spec.source() instanceof CollectionSource<?>
                && operator.name().equals(COLLECTION);
    }

    /** A name with what an id must not hold replaced. */
    private static String safe(String name, String fallback) {
        String id = name.replaceAll("[^A-Za-z0-9._-]+", "-");
        if (id.matches("[.-]*")) {
            return fallback;
        }
        return id.substring(0, Math.min(id.length(), MAX_LENGTH));
    }

    private void claim(String id, Transformation operator) {
        Transformation owner = owners.putIfAbsent(id, operator);
        if (owner == null) {
            return;
        }
        if (owner.uid() != null && operator.uid() != null) {
            problems.add("The uid '" + id + "' is given to both " + PlanProblems.describe(owner) + " and "
                    + PlanProblems.describe(operator) + ": give each operator a uid of its own.");
        } else if (isSource(owner) && isSource(operator)) {
            problems.add("The sources '" + owner.name() + "' and '" + operator.name()
                    + "' would both keep their positions under the id '" + id + "': give one of them an id of its own"
                    + " with .uid(\"...\").");
        } else {
            problems.add("The id '" + id + "' belongs to both " + PlanProblems.describe(owner) + " and "
                    + PlanProblems.describe(operator) + ": give one of them another with .uid(\"...\").");
        }
    }

    private void enumeratorIsFree(Transformation operator) {
        Transformation owner = isSource(operator) ? owners.get(of(operator) + ENUMERATOR_SUFFIX) : null;
        if (owner != null) {
            problems.add("The id '" + of(owner) + "' of " + PlanProblems.describe(owner)
                    + " is that of the split enumerator of the source '" + operator.name()
                    + "': give one of them another with .uid(\"...\").");
        }
    }

    private void reportMissing(ResolvedPlan plan) {
        Set<String> suggested = new HashSet<>(owners.keySet());
        for (Transformation operator : plan.operators()) {
            if (operator.spec().stateful() && operator.uid() == null) {
                problems.add("The operator " + PlanProblems.describe(operator)
                        + " keeps state, so it needs a stable id. Add .uid(\"...\") after it, for example .uid(\""
                        + suggestion(operator, suggested) + "\").");
            }
        }
    }

    private static String suggestion(Transformation operator, Set<String> taken) {
        String wanted = safe(operator.name(), operator.spec().label());
        @Nullable String free = taken.add(wanted) ? wanted : null;
        for (int i = 2; free == null; i++) {
            String candidate = wanted + "-" + i;
            free = taken.add(candidate) ? candidate : null;
        }
        return free;
    }
}
