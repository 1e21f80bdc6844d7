// SPDX-License-Identifier: Apache-2.0
package io.millrace.testkit.reference;

import io.millrace.api.function.KeyedProcessFunction;
import io.millrace.api.graph.OperatorSpec;
import io.millrace.api.stream.OutputTag;
import io.millrace.api.time.Timestamps;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The general function of a key. It is run in two ways that are as different as can be: timers fire when all records
 * have come, or each as soon as no record that is in time can come before it. Only where both give the same, data
 * decide.
 */
final class KeyedProcessModel {
    /** Something emitted: to a side output, or to the main one where the tag is null. */
    record Emission(@Nullable OutputTag<?> tag, Object value, long timestamp, boolean byTimer, boolean inTime) {}

    private KeyedProcessModel() {}

    @SuppressWarnings("unchecked") // the typed streams of the API made sure that functions get their records
    static void process(ModelStep step) throws Exception {
        var function = (KeyedProcessFunction<Object, Object, Object>)
                step.spec(OperatorSpec.KeyedProcessSpec.class).function();
        for (Map.Entry<Object, List<ModelRecord>> key : step.byKey(0).entrySet()) {
            List<ModelRecord> records = key.getValue();
            step.requireOrder(records, function);
            List<Emission> late = run(function, key.getKey(), records, false);
            List<ModelRecord> otherOrder = new ArrayList<>(records);
            if (function instanceof OrderFree) {
                otherOrder.sort(Comparator.comparingLong(ModelRecord::timestamp));
            }
            List<Emission> early = run(function, key.getKey(), otherOrder, true);
            if (!Bags.same(late, early)) {
                throw disagreement(function, late, early);
            }
            emit(step, key.getKey(), late, ModelStep.areOrdered(records));
        }
    }

    private static RuntimeException disagreement(Object function, List<Emission> late, List<Emission> early) {
        if (function instanceof OrderFree) {
            return new IllegalStateException(function.getClass().getName()
                    + " says that it is free of order, but gives " + late + " and, in another order, " + early);
        }
        return new UndecidedException("the result depends on when its timers fire");
    }

    private static void emit(ModelStep step, Object key, List<Emission> emissions, boolean ordered) {
        for (Emission emission : emissions) {
            Lane lane = emission.byTimer
                    ? step.lane(key, "timers")
                    : ordered ? step.lane(key, "records") : step.scattered();
            step.emitSide(emission.tag, emission.value, emission.timestamp, lane, emission.inTime);
        }
    }

    private static List<Emission> run(
            KeyedProcessFunction<Object, Object, Object> function,
            Object key,
            List<ModelRecord> records,
            boolean timersFirst)
            throws Exception {
        ModelContext state = new ModelContext();
        state.setCurrentKey(key);
        function.open(state);
        KeyedRun run = new KeyedRun(key);
        for (int i = 0; i < records.size(); i++) {
            long watermark = timersFirst ? highestBefore(records.subList(i, records.size())) : Timestamps.NONE;
            fire(function, run, watermark);
            ModelRecord record = records.get(i);
            run.begin(record.timestamp(), false, record.inTime());
            function.processElement(record.value(), run, run);
        }
        fire(function, run, Timestamps.END);
        function.close();
        if (run.timersWereSet()) {
            ModelStep.requireInTime(records);
        }
        return run.emissions();
    }

    private static void fire(KeyedProcessFunction<Object, Object, Object> function, KeyedRun run, long watermark)
            throws Exception {
        KeyedRun.Timer timer = run.nextUntil(watermark);
        while (timer != null) {
            run.begin(timer.time(), true, timer.inTime());
            function.onTimer(timer.time(), run, run);
            timer = run.nextUntil(watermark);
        }
    }

    /** The highest watermark that can come before all of these. */
    private static long highestBefore(List<ModelRecord> records) {
        long lowest = Timestamps.END;
        for (ModelRecord record : records) {
            lowest = Math.min(lowest, record.timestamp());
        }
        return lowest == Timestamps.NONE ? Timestamps.NONE : lowest - 1;
    }
}
