// SPDX-License-Identifier: Apache-2.0
package io.millrace.plan;

import io.millrace.api.graph.Transformation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which operators run in one call stack. Chains are linear, and only their first operator reads from channels; so in
 * the order of their first operators' definition they are in topological order.
 */
final class Chains {
    /** Where an operator runs. */
    record Place(int chain, int position) {}

    private final ResolvedPlan plan;
    private final List<List<Transformation>> chains = new ArrayList<>();
    private final Map<Transformation, Place> places = new HashMap<>();

    Chains(ResolvedPlan plan) {
        this.plan = plan;
        for (Transformation operator : plan.operators()) {
            if (joinsItsProducer(operator)) {
                Place producer = placeOf(plan.inputsOf(operator).get(0).producer());
                chains.get(producer.chain()).add(operator);
                places.put(operator, new Place(producer.chain(), producer.position() + 1));
            } else {
                places.put(operator, new Place(chains.size(), 0));
                chains.add(new ArrayList<>(List.of(operator)));
            }
        }
    }

    /** The chains, by the definition of their first operators. */
    List<List<Transformation>> all() {
        return chains;
    }

    Place placeOf(Transformation operator) {
        Place place = places.get(operator);
        if (place == null) {
            throw new IllegalStateException(PlanProblems.describe(operator) + " was read before it was defined");
        }
        return place;
    }

    private boolean joinsItsProducer(Transformation operator) {
        List<ResolvedInput> inputs = plan.inputsOf(operator);
        if (inputs.size() != 1) {
            return false;
        }
        ResolvedInput input = inputs.get(0);
        Transformation producer = input.producer();
        return input.isForward()
                && input.sideOutput() == null
                && plan.mainConsumersOf(producer) == 1
                && plan.parallelismOf(producer) == plan.parallelismOf(operator)
                && producer.chainingAllowed()
                && operator.chainingAllowed()
                && !operator.startsChain()
                && plan.slotSharingGroupOf(producer).equals(plan.slotSharingGroupOf(operator))
                && producer.blocking() == operator.blocking();
    }
}
