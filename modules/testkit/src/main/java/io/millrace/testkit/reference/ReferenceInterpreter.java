// SPDX-License-Identifier: Apache-2.0
package io.millrace.testkit.reference;

import io.millrace.api.graph.ConnectSpec;
import io.millrace.api.graph.LogicalPlan;
import io.millrace.api.graph.OperatorSpec;
import io.millrace.api.graph.Partitioning;
import io.millrace.api.graph.StreamInput;
import io.millrace.api.graph.Transformation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Works out what a job's sinks must hold, over finite input: operator by operator, all records of a stream in one list.
 *
 * <p>A list says nothing of the order between records but where they share a {@link Lane}. An operator whose result
 * depends on more order than there is, or on when a watermark comes, is undecided, and so is all that reads from it.
 */
public final class ReferenceInterpreter {
    private static final Map<Class<? extends OperatorSpec>, OperatorModel> MODELS = Map.ofEntries(
            Map.entry(OperatorSpec.MapSpec.class, StatelessModels::map),
            Map.entry(OperatorSpec.FilterSpec.class, StatelessModels::filter),
            Map.entry(OperatorSpec.FlatMapSpec.class, StatelessModels::flatMap),
            Map.entry(OperatorSpec.ProcessSpec.class, StatelessModels::process),
            Map.entry(OperatorSpec.WatermarkSpec.class, TimeModels::watermarks),
            Map.entry(OperatorSpec.ReduceSpec.class, ReduceModel::reduce),
            Map.entry(OperatorSpec.KeyedProcessSpec.class, KeyedProcessModel::process),
            Map.entry(OperatorSpec.WindowSpec.class, WindowModel::windows),
            Map.entry(OperatorSpec.IntervalJoinSpec.class, JoinModel::join),
            Map.entry(ConnectSpec.class, ConnectModels::connect),
            Map.entry(OperatorSpec.SinkSpec.class, step -> {}));

    private final LogicalPlan plan;
    private final Reading reading;
    private final Map<Transformation, ModelStep> done = new HashMap<>();
    private final Map<Transformation, String> undecided = new LinkedHashMap<>();

    private ReferenceInterpreter(LogicalPlan plan, Reading reading) {
        this.plan = plan;
        this.reading = reading;
    }

    /**
     * Interprets a job.
     *
     * @param plan a definition of its own: its functions are run
     * @param reading what the sources hold
     * @throws UnsupportedOperationException for an operator that has no model
     * @throws Exception what user code throws
     */
    public static Interpretation interpret(LogicalPlan plan, Reading reading) throws Exception {
        return new ReferenceInterpreter(plan, reading).run();
    }

    private Interpretation run() throws Exception {
        Map<Transformation, List<List<ModelRecord>>> arrivals = new LinkedHashMap<>();
        for (Transformation node : plan.transformations()) {
            if (node.spec() instanceof OperatorSpec.UnionSpec) {
                continue;
            }
            List<List<ModelRecord>> inputs = arrivalsAt(node);
            if (inputs != null) {
                arrivals.put(node, inputs);
                run(node, new ModelStep(node, parallelismOf(node), inputs));
            }
        }
        return new Interpretation(arrivals, undecided);
    }

    private void run(Transformation node, ModelStep step) throws Exception {
        try {
            if (node.spec() instanceof OperatorSpec.SourceSpec source) {
                TimeModels.source(source, reading.splitsOf(source.source()), step);
            } else {
                modelOf(node).run(step);
            }
            done.put(node, step);
        } catch (UndecidedException e) {
            undecided.put(node, String.valueOf(e.getMessage()));
        }
    }

    private static OperatorModel modelOf(Transformation node) {
        OperatorModel model = MODELS.get(node.spec().getClass());
        if (model == null) {
            throw new UnsupportedOperationException("The reference model does not know the operator '" + node.name()
                    + "' of kind " + node.spec().label() + ". Add a model of "
                    + node.spec().getClass() + ".");
        }
        return model;
    }

    private int parallelismOf(Transformation node) {
        return node.parallelism() == 0 ? plan.defaultParallelism() : node.parallelism();
    }

    /** What comes to an operator, by input; null where an operator before it is undecided. */
    private @Nullable List<List<ModelRecord>> arrivalsAt(Transformation node) throws Exception {
        List<List<ModelRecord>> arrivals = new ArrayList<>();
        for (int i = 0; i < node.spec().inputs(); i++) {
            arrivals.add(new ArrayList<>());
        }
        for (int i = 0; i < node.inputs().size(); i++) {
            StreamInput input = node.inputs().get(i);
            List<ModelRecord> into = arrivals.get(input.ordinal());
            if (!collect(node, input, input.partitioning(), List.of(i), into)) {
                return null;
            }
        }
        return arrivals;
    }

    /**
     * Follows an input through unions, which are only names: of the partitionings on the way the one nearest to the
     * consumer counts, unless it is forward.
     *
     * @param way which of the inputs it has come along
     */
    private boolean collect(
            Transformation consumer,
            StreamInput input,
            Partitioning partitioning,
            List<Integer> way,
            List<ModelRecord> into)
            throws Exception {
        Transformation producer = input.source();
        if (producer.spec() instanceof OperatorSpec.UnionSpec) {
            for (int i = 0; i < producer.inputs().size(); i++) {
                StreamInput inner = producer.inputs().get(i);
                boolean open = partitioning instanceof Partitioning.Forward;
                List<Integer> longer = new ArrayList<>(way);
                longer.add(i);
                if (!collect(consumer, inner, open ? inner.partitioning() : partitioning, longer, into)) {
                    return false;
                }
            }
            return true;
        }
        ModelStep step = done.get(producer);
        if (step == null) {
            return false;
        }
        Exchange exchange = new Exchange(partitioning, parallelismOf(producer), parallelismOf(consumer), way);
        exchange.carry(step.emitted(input.sideOutput()), into);
        return true;
    }
}
