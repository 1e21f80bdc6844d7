// SPDX-License-Identifier: Apache-2.0
package io.millrace.testkit.simulation;

import io.millrace.api.StreamEnvironment;
import io.millrace.api.StreamJob;
import io.millrace.api.function.MapFunction;
import io.millrace.api.stream.DataStream;
import io.millrace.api.window.TumblingEventTimeWindows;
import java.time.Duration;

/**
 * Takes records through every partitioning between vertices of different sizes, then counts them in windows: one that is
 * lost, repeated or overtaken by a watermark on the way shows there. A broadcast tells each record as often as it has
 * subtasks.
 */
public final class SpreadJob implements StreamJob {
    static final int COPIES = 2;

    private static final int SIDE_BY_SIDE = 3;

    @Override
    public void define(StreamEnvironment env) {
        SimulatedWorld world = SimulatedWorld.of(env.args());
        MapFunction<SimulatedRecord, SimulatedRecord> step = record -> {
            world.faults().userCode();
            return record;
        };
        DataStream<SimulatedRecord> source = env.fromSource(
                        new SimulatedSource<>(world, 0, SimulatedRecord.class),
                        world.scenario().timing().strategy(),
                        "source")
                .uid("source");
        DataStream<SimulatedRecord> placed = source.rescale()
                .map(step)
                .setParallelism(SIDE_BY_SIDE)
                .shuffle()
                .map(step)
                .startNewChain()
                .rescale()
                .map(step)
                .setParallelism(1)
                .<String>partitionCustom(
                        (key, subtasks) -> Math.floorMod(key.hashCode(), subtasks), SimulatedRecord::key)
                .map(step)
                .returns(SimulatedRecord.class);
        placed.broadcast()
                .map(SpreadJob::copy)
                .setParallelism(COPIES)
                .returns(String.class)
                .forward()
                .sinkTo(new SimulatedSink(world, "copies"))
                .setParallelism(COPIES)
                .uid("copies");
        placed.global()
                .map(step)
                .setParallelism(COPIES)
                .returns(SimulatedRecord.class)
                .slotSharingGroup("windows")
                .keyBy(SimulatedRecord::key, String.class)
                .window(TumblingEventTimeWindows.of(Duration.ofMillis(WindowJob.WINDOW_MS)))
                .aggregate(new WindowJob.Summing(world), WindowJob.Sum.class, WindowJob.asText())
                .uid("window")
                .sinkTo(new SimulatedSink(world, "windows"))
                .uid("sink");
    }

    static String copy(SimulatedRecord record) {
        return "copy " + record.id();
    }
}
