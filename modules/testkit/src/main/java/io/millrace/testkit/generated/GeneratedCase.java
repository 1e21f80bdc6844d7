// SPDX-License-Identifier: Apache-2.0
package io.millrace.testkit.generated;

import io.millrace.api.StreamJob;
import io.millrace.api.graph.LogicalPlan;
import io.millrace.api.graph.OperatorSpec;
import io.millrace.api.graph.Transformation;
import io.millrace.api.sink.Sink;
import io.millrace.api.source.CollectionSource;
import io.millrace.testkit.reference.Bags;
import io.millrace.testkit.reference.Interpretation;
import io.millrace.testkit.reference.ModelRecord;
import io.millrace.testkit.reference.Reading;
import io.millrace.testkit.reference.ReferenceInterpreter;
import io.millrace.testkit.simulation.Timed;
import io.millrace.testkit.simulation.Workload;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A generated job with what the model says of it. */
final class GeneratedCase implements Workload {
    private static final int MOST_DIFFERENCES = 5;

    private final CaseShape shape;
    private final Interpretation model;
    private final LogicalPlan plan;
    private final Slip slip;

    private GeneratedCase(CaseShape shape, Interpretation model, LogicalPlan plan, Slip slip) {
        this.shape = shape;
        this.model = model;
        this.plan = plan;
        this.slip = slip;
    }

    /** Interprets a job. */
    static GeneratedCase of(CaseShape shape, int parallelism) {
        Map<Object, Integer> numbers = new IdentityHashMap<>();
        CaseShape.Surroundings surroundings = new CaseShape.Surroundings(
                number -> {
                    CollectionSource<Item> source = new CollectionSource<>(List.of());
                    numbers.put(source, number);
                    return source;
                },
                label -> new UnusedSink(),
                () -> {},
                Slip.NONE);
        LogicalPlan plan = shape.plan(parallelism, surroundings);
        Reading reading = source -> shape.sources().get(numbers.get(source)).splits().stream()
                .map(GeneratedCase::sourced)
                .toList();
        try {
            Interpretation model = ReferenceInterpreter.interpret(plan, reading);
            return new GeneratedCase(shape, model, plan, Slip.NONE);
        } catch (Exception e) {
            throw new IllegalStateException("the model fails at " + shape.describe(), e);
        }
    }

    private static List<Reading.Sourced> sourced(List<Timed> split) {
        return split.stream()
                .map(record -> new Reading.Sourced(record.value(), record.timestamp()))
                .toList();
    }

    /** The same with a difference between what is interpreted and what is run. */
    GeneratedCase with(Slip otherSlip) {
        return new GeneratedCase(shape, model, plan, otherSlip);
    }

    Slip slip() {
        return slip;
    }

    CaseShape shape() {
        return shape;
    }

    /** An operator whose results data do not decide, and of which nothing else is checked; null when there is none. */
    @Nullable
    String firstUndecided() {
        return model.undecided().keySet().stream()
                .map(Transformation::name)
                .filter(name -> !name.startsWith(Conserving.WINDOWS) && !name.startsWith(Conserving.ORDER))
                .findFirst()
                .orElse(null);
    }

    List<OperatorSpec> operators() {
        return plan.transformations().stream().map(Transformation::spec).toList();
    }

    int expectedRecords() {
        return model.sinks().values().stream().mapToInt(List::size).sum();
    }

    @Override
    public Class<? extends StreamJob> jobClass() {
        return GeneratedJob.class;
    }

    @Override
    public int splitsOf(int source) {
        return shape.sources().get(source).splits().size();
    }

    @Override
    public List<Timed> recordsOf(int source, int split) {
        return shape.sources().get(source).splits().get(split);
    }

    @Override
    public @Nullable String wrongOutput(Function<String, List<String>> committed) {
        for (Map.Entry<String, List<ModelRecord>> sink : model.sinks().entrySet()) {
            List<String> expected = new ArrayList<>();
            sink.getValue().forEach(record -> expected.add((String) record.value()));
            List<String> differences = Bags.differences(expected, committed.apply(sink.getKey()));
            if (!differences.isEmpty()) {
                return "the output of sink '" + sink.getKey() + "' is wrong (" + differences.size() + " records): "
                        + String.join(", ", differences.subList(0, Math.min(MOST_DIFFERENCES, differences.size())));
            }
        }
        try {
            return Conserving.violation(plan, model, committed);
        } catch (Exception e) {
            throw new IllegalStateException("the output cannot be read", e);
        }
    }

    @Override
    public String toString() {
        return shape.describe();
    }

    /** Stands where a run has a sink. */
    private static final class UnusedSink implements Sink<String> {
        @Override
        public io.millrace.api.sink.SinkWriter<String> createWriter(io.millrace.api.sink.SinkWriterContext context) {
            throw new UnsupportedOperationException("The model writes nothing.");
        }
    }
}
