// SPDX-License-Identifier: Apache-2.0
package io.millrace.testkit.simulation;

import io.millrace.api.StreamEnvironment;
import io.millrace.api.StreamJob;
import io.millrace.api.function.Collector;
import io.millrace.api.function.ProcessFunction;
import io.millrace.api.stream.DataStream;
import io.millrace.api.stream.OutputTag;

/** Copies each record of two sources as often as its value says; odd ids go to a side output too. */
public final class UnionJob implements StreamJob {
    static final int MOST_COPIES = 30;
    private static final OutputTag<String> ODD = new OutputTag<>("odd", String.class);

    @Override
    public void define(StreamEnvironment env) {
        SimulatedWorld world = SimulatedWorld.of(env.args());
        DataStream<SimulatedRecord> first = env.fromSource(
                        new SimulatedSource<>(world, 0, SimulatedRecord.class),
                        world.scenario().timing().strategy(),
                        "first")
                .uid("first");
        DataStream<SimulatedRecord> second = env.fromSource(
                        new SimulatedSource<>(world, 1, SimulatedRecord.class),
                        world.scenario().timing().strategy(),
                        "second")
                .uid("second");
        DataStream<SimulatedRecord> split = first.union(second).process(new Splitting(world));
        split.getSideOutput(ODD).sinkTo(new SimulatedSink(world, "side")).uid("side");
        split.<String>flatMap((record, out) -> {
                    for (int copy = 0; copy < copiesOf(record); copy++) {
                        out.collect(copy(record, copy));
                    }
                })
                .rebalance()
                .map(text -> {
                    world.faults().userCode();
                    return text;
                })
                .returns(String.class)
                .sinkTo(new SimulatedSink(world, "main"))
                .uid("main");
    }

    static boolean isOdd(SimulatedRecord record) {
        return record.id() % 2 == 1;
    }

    static int copiesOf(SimulatedRecord record) {
        // Mostly few; now and then more than the credits can take at once.
        return record.value() % 10 == 0 ? MOST_COPIES : (int) (record.value() % 3);
    }

    static String copy(SimulatedRecord record, int copy) {
        return record.id() + "/" + copy;
    }

    static String odd(SimulatedRecord record) {
        return "odd " + record.id();
    }

    private static final class Splitting extends ProcessFunction<SimulatedRecord, SimulatedRecord> {
        private final SimulatedWorld world;

        private Splitting(SimulatedWorld world) {
            this.world = world;
        }

        @Override
        public void processElement(SimulatedRecord record, Context context, Collector<SimulatedRecord> out) {
            world.faults().userCode();
            if (isOdd(record)) {
                context.output(ODD, odd(record));
            }
            out.collect(record);
        }
    }
}
