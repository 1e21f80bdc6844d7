// SPDX-License-Identifier: Apache-2.0
package io.millrace.testkit.reference;

import io.millrace.api.function.KeyedCoProcessFunction;
import io.millrace.api.function.KeyedProcessFunction;
import io.millrace.api.function.RichFunction;
import io.millrace.api.graph.ConnectSpec;
import io.millrace.api.graph.OperatorSpec;
import io.millrace.api.stream.OutputTag;
import io.millrace.api.time.Timestamps;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The general functions of a key. Each is run in two ways that are as different as can be: timers fire when all records
 * have come, or each as soon as no record that is in time can come before it. Only where both give the same, data
 * decide.
 */
@SuppressWarnings("unchecked") // the typed streams of the API made sure that functions get their records
final class KeyedProcessModel {
    /** Something emitted: to a side output, or to the main one where the tag is null. */
    record Emission(@Nullable OutputTag<?> tag, Object value, long timestamp, boolean byTimer, boolean inTime) {}

    /** A record with the input that it comes from. */
    record Arrival(int input, ModelRecord record) {}

    /** What kinds of functions have in common. */
    interface Calls {
        void element(Arrival arrival, KeyedRun run) throws Exception;

        void timer(long time, KeyedRun run) throws Exception;
    }

    private KeyedProcessModel() {}

    static void process(ModelStep step) throws Exception {
        var function = (KeyedProcessFunction<Object, Object, Object>)
                step.spec(OperatorSpec.KeyedProcessSpec.class).function();
        run(step, function, new Calls() {
            @Override
            public void element(Arrival arrival, KeyedRun run) throws Exception {
                function.processElement(arrival.record.value(), run, run);
            }

            @Override
            public void timer(long time, KeyedRun run) throws Exception {
                function.onTimer(time, run, run);
            }
        });
    }

    static void coProcess(ModelStep step) throws Exception {
        var function = (KeyedCoProcessFunction<Object, Object, Object, Object>)
                step.spec(ConnectSpec.class).function();
        run(step, function, new Calls() {
            @Override
            public void element(Arrival arrival, KeyedRun run) throws Exception {
                if (arrival.input == 0) {
                    function.processElement1(arrival.record.value(), run, run);
                } else {
                    function.processElement2(arrival.record.value(), run, run);
                }
            }

            @Override
            public void timer(long time, KeyedRun run) throws Exception {
                function.onTimer(time, run, run);
            }
        });
    }

    private static void run(ModelStep step, RichFunction function, Calls calls) throws Exception {
        List<Map<Object, List<ModelRecord>>> inputs = new ArrayList<>();
        Set<Object> keys = new LinkedHashSet<>();
        for (int input = 0; input < step.inputs(); input++) {
            inputs.add(step.byKey(input));
            keys.addAll(inputs.get(input).keySet());
        }
        for (Object key : keys) {
            List<Arrival> arrivals = new ArrayList<>();
            for (int input = 0; input < inputs.size(); input++) {
                for (ModelRecord record : inputs.get(input).getOrDefault(key, List.of())) {
                    arrivals.add(new Arrival(input, record));
                }
            }
            run(step, function, calls, key, arrivals);
        }
    }

    private static void run(ModelStep step, RichFunction function, Calls calls, Object key, List<Arrival> arrivals)
            throws Exception {
        List<ModelRecord> records = arrivals.stream().map(Arrival::record).toList();
        step.requireOrder(records, function);
        List<Emission> late = run(function, calls, key, arrivals, false);
        List<Arrival> otherOrder = new ArrayList<>(arrivals);
        if (function instanceof OrderFree) {
            otherOrder.sort(Comparator.comparingLong(arrival -> arrival.record.timestamp()));
        }
        List<Emission> early = run(function, calls, key, otherOrder, true);
        if (!Bags.same(late, early)) {
            throw disagreement(function, late, early);
        }
        emit(step, key, late, ModelStep.areOrdered(records));
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
            Lane ofRecords = ordered ? step.lane(key, "records") : step.scattered();
            Lane lane = emission.byTimer ? step.lane(key, "timers") : ofRecords;
            step.emitSide(emission.tag, emission.value, emission.timestamp, lane, emission.inTime);
        }
    }

    private static List<Emission> run(
            RichFunction function, Calls calls, Object key, List<Arrival> arrivals, boolean timersFirst)
            throws Exception {
        ModelContext state = new ModelContext();
        state.setCurrentKey(key);
        function.open(state);
        KeyedRun run = new KeyedRun(key);
        for (int i = 0; i < arrivals.size(); i++) {
            long watermark = timersFirst ? highestBefore(arrivals.subList(i, arrivals.size())) : Timestamps.NONE;
            fire(calls, run, watermark);
            ModelRecord record = arrivals.get(i).record;
            run.begin(record.timestamp(), false, record.inTime());
            calls.element(arrivals.get(i), run);
        }
        fire(calls, run, Timestamps.END);
        function.close();
        if (run.timersWereSet()) {
            ModelStep.requireInTime(arrivals.stream().map(Arrival::record).toList());
        }
        return run.emissions();
    }

    private static void fire(Calls calls, KeyedRun run, long watermark) throws Exception {
        KeyedRun.Timer timer = run.nextUntil(watermark);
        while (timer != null) {
            run.begin(timer.time(), true, timer.inTime());
            calls.timer(timer.time(), run);
            timer = run.nextUntil(watermark);
        }
    }

    /** The highest watermark that can come before all of these. */
    private static long highestBefore(List<Arrival> arrivals) {
        long lowest = Timestamps.END;
        for (Arrival arrival : arrivals) {
            lowest = Math.min(lowest, arrival.record.timestamp());
        }
        return lowest == Timestamps.NONE ? Timestamps.NONE : lowest - 1;
    }
}
