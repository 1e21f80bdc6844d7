// SPDX-License-Identifier: Apache-2.0
package io.millrace.testkit.reference;

import io.millrace.api.function.ProcessJoinFunction;
import io.millrace.api.graph.OperatorSpec;
import io.millrace.api.stream.OutputTag;
import io.millrace.api.time.Timestamps;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Joins by nearness in time: of each key all pairs are tried. Records without a partner give a result of their own where
 * the join keeps them, when none can come any more.
 */
final class JoinModel {
    private final ModelStep step;
    private final OperatorSpec.IntervalJoinSpec spec;

    private JoinModel(ModelStep step) {
        this.step = step;
        this.spec = step.spec(OperatorSpec.IntervalJoinSpec.class);
    }

    static void join(ModelStep step) throws Exception {
        ModelStep.requireInTime(step.arrivals(0));
        ModelStep.requireInTime(step.arrivals(1));
        JoinModel model = new JoinModel(step);
        model.spec.function().open(new ModelContext());
        Map<Object, List<ModelRecord>> lefts = step.byKey(0);
        Map<Object, List<ModelRecord>> rights = step.byKey(1);
        for (Map.Entry<Object, List<ModelRecord>> left : lefts.entrySet()) {
            model.pairs(left.getValue(), rights.getOrDefault(left.getKey(), List.of()));
        }
        for (Map.Entry<Object, List<ModelRecord>> right : rights.entrySet()) {
            model.lonelyRights(lefts.getOrDefault(right.getKey(), List.of()), right.getValue());
        }
        model.spec.function().close();
    }

    private void pairs(List<ModelRecord> lefts, List<ModelRecord> rights) throws Exception {
        for (ModelRecord left : lefts) {
            boolean alone = true;
            for (ModelRecord right : rights) {
                if (belong(left, right)) {
                    alone = false;
                    emit(left, right, Math.max(left.timestamp(), right.timestamp()));
                }
            }
            if (alone && spec.kind().keepsLeft()) {
                long last = left.timestamp() + spec.bounds().upper();
                emit(left, null, Math.max(left.timestamp(), last));
            }
        }
    }

    private void lonelyRights(List<ModelRecord> lefts, List<ModelRecord> rights) throws Exception {
        for (ModelRecord right : rights) {
            if (spec.kind().keepsRight() && lefts.stream().noneMatch(left -> belong(left, right))) {
                long last = right.timestamp() - spec.bounds().lower();
                emit(null, right, Math.max(right.timestamp(), last));
            }
        }
    }

    private boolean belong(ModelRecord left, ModelRecord right) {
        long distance = right.timestamp() - left.timestamp();
        return spec.bounds().lower() <= distance && distance <= spec.bounds().upper();
    }

    /** There is no order between results: pairs come when the later one does. */
    @SuppressWarnings("unchecked") // the typed streams of the API made sure that functions get their records
    private void emit(@Nullable ModelRecord left, @Nullable ModelRecord right, long timestamp) throws Exception {
        var function = (ProcessJoinFunction<Object, Object, Object>) spec.function();
        Lane lane = step.scattered();
        function.processElement(
                left == null ? null : left.value(),
                right == null ? null : right.value(),
                new Pair(step, left, right, timestamp, lane),
                value -> step.emit(value, timestamp, lane, true));
    }

    private record Pair(
            ModelStep step,
            @Nullable ModelRecord left,
            @Nullable ModelRecord right,
            long timestamp,
            Lane lane) implements ProcessJoinFunction.Context {
        @Override
        public long leftTimestamp() {
            return left == null ? Timestamps.NONE : left.timestamp();
        }

        @Override
        public long rightTimestamp() {
            return right == null ? Timestamps.NONE : right.timestamp();
        }

        @Override
        public <X> void output(OutputTag<X> tag, X value) {
            step.emitSide(tag, value, timestamp, lane, true);
        }
    }
}
