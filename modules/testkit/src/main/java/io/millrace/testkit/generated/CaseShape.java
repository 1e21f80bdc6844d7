// SPDX-License-Identifier: Apache-2.0
package io.millrace.testkit.generated;

import io.millrace.api.DefinitionContext;
import io.millrace.api.JobArguments;
import io.millrace.api.StreamEnvironment;
import io.millrace.api.graph.LogicalPlan;
import io.millrace.api.sink.Sink;
import io.millrace.api.source.BoundedSource;
import io.millrace.testkit.simulation.Timed;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Collectors;

/** A job and its input. Immutable. */
record CaseShape(List<SourceShape> sources, List<Step> steps) {
    /** Where a definition of the job gets what differs between the model and a run. */
    record Surroundings(
            IntFunction<BoundedSource<Item, ?, ?>> sources,
            Function<String, Sink<String>> sinks,
            Runnable userCode,
            Slip slip) {}

    void define(StreamEnvironment env, Surroundings surroundings) {
        Building building = new Building(surroundings);
        for (int i = 0; i < sources.size(); i++) {
            building.open(
                    env.fromSource(surroundings.sources.apply(i), sources.get(i).watermarks(), "source-" + i)
                            .uid("source-" + i));
        }
        for (int i = 0; i < steps.size(); i++) {
            building.apply(i, steps.get(i));
        }
        building.end();
    }

    /** A definition for the model. */
    LogicalPlan plan(int parallelism, Surroundings surroundings) {
        StreamEnvironment env = new StreamEnvironment(DefinitionContext.local(JobArguments.of(), parallelism));
        define(env, surroundings);
        return env.logicalPlan();
    }

    int records() {
        return sources.stream().mapToInt(SourceShape::records).sum();
    }

    /** For people. */
    String describe() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < sources.size(); i++) {
            SourceShape source = sources.get(i);
            text.append("source ")
                    .append(i)
                    .append(", bound ")
                    .append(source.boundMs())
                    .append(" ms:\n");
            for (List<Timed> split : source.splits()) {
                text.append(split.stream()
                        .map(record -> ((Item) record.value()).key() + ":" + ((Item) record.value()).value() + "@"
                                + record.timestamp())
                        .collect(Collectors.joining(" ", "  split ", "\n")));
            }
        }
        steps.forEach(step -> text.append(step).append('\n'));
        return text.toString();
    }
}
