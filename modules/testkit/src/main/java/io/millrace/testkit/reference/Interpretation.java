// SPDX-License-Identifier: Apache-2.0
package io.millrace.testkit.reference;

import io.millrace.api.graph.OperatorSpec;
import io.millrace.api.graph.Transformation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a job means: what comes to each of its operators, as far as data decide it. */
public final class Interpretation {
    private final Map<Transformation, List<List<ModelRecord>>> arrivals;
    private final Map<Transformation, String> undecided;

    Interpretation(Map<Transformation, List<List<ModelRecord>>> arrivals, Map<Transformation, String> undecided) {
        this.arrivals = arrivals;
        this.undecided = undecided;
    }

    /** The operators of which data do not decide what they emit, and why. Those that read from them are not named. */
    public Map<Transformation, String> undecided() {
        return undecided;
    }

    /** What comes to an input of an operator, within a lane in order; null where data do not decide. */
    public @Nullable List<ModelRecord> arrivals(Transformation operator, int input) {
        List<List<ModelRecord>> inputs = arrivals.get(operator);
        return inputs == null ? null : inputs.get(input);
    }

    /** What the sinks must hold, by uid, in no order; without those for which data do not decide. */
    public Map<String, List<ModelRecord>> sinks() {
        Map<String, List<ModelRecord>> sinks = new LinkedHashMap<>();
        arrivals.forEach((operator, inputs) -> {
            if (operator.spec() instanceof OperatorSpec.SinkSpec) {
                sinks.put(String.valueOf(operator.uid()), inputs.get(0));
            }
        });
        return sinks;
    }
}
