// SPDX-License-Identifier: Apache-2.0
package io.millrace.plan;

import io.millrace.api.JobDefinitionException;
import io.millrace.api.graph.Transformation;
import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong with a job, so that its author sees all of it at once. */
final class PlanProblems {
    private final List<String> messages = new ArrayList<>();

    void add(String message) {
        messages.add(message);
    }

    /** Throws one exception with a line for each problem, if there are any. */
    void throwIfAny() {
        if (!messages.isEmpty()) {
            throw new JobDefinitionException(String.join("\n", messages));
        }
    }

    /** How messages name an operator: its name and its kind. */
    static String describe(Transformation operator) {
        return "'" + operator.name() + "' (" + operator.spec().label() + ")";
    }
}
