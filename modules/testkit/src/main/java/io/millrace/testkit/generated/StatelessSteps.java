// SPDX-License-Identifier: Apache-2.0
package io.millrace.testkit.generated;

import io.millrace.api.stream.DataStream;
import io.millrace.api.stream.OutputTag;
import io.millrace.api.time.WatermarkStrategy;
import java.time.Duration;

/** Steps without state. */
final class StatelessSteps {
    /** No stream of a generated job has more disorder, as long as it does not begin at one end of time. */
    private static final Duration ANY_DISORDER = Duration.ofDays(365);

    private StatelessSteps() {}

    static void map(Building building, DataStream<Item> in) {
        building.emit(in.<Item>map(new Functions.Mixing(building.random().nextLong(), building.userCode()))
                .name(building.name("map")));
    }

    static void filter(Building building, DataStream<Item> in) {
        building.emit(in.filter(new Functions.Some(building.random().nextLong(), building.slip(Slip.RECORD)))
                .name(building.name("filter")));
    }

    static void flatMap(Building building, DataStream<Item> in) {
        building.emit(in.flatMap(new Functions.Copies(building.random().nextLong(), building.userCode()))
                .name(building.name("flatMap")));
    }

    static void process(Building building, DataStream<Item> in) {
        OutputTag<Item> aside = new OutputTag<>(building.name("aside"), Item.class);
        DataStream<Item> main = in.process(
                        new Functions.Splitting(building.random().nextLong(), aside))
                .name(building.name("process"));
        building.emit(main);
        building.open(main.getSideOutput(aside));
    }

    /** Takes the place of one of its inputs; the other goes on as well. */
    static void union(Building building, DataStream<Item> in) {
        building.open(in.union(building.another(in)).name(building.name("union")));
    }

    static void fork(Building building, DataStream<Item> in) {
        building.open(in);
        building.open(in);
    }

    static void spread(Building building, DataStream<Item> in) {
        building.open(
                switch (building.random().below(5)) {
                    case 0 -> in.rebalance();
                    case 1 -> in.rescale();
                    case 2 -> in.shuffle();
                    case 3 -> in.global();
                    default ->
                        in.partitionCustom((key, receivers) -> (int) Math.floorMod(key, (long) receivers), Item::key)
                                .filter(new Functions.Some(building.random().nextLong(), 0))
                                .name(building.name("placed"));
                });
    }

    static void broadcast(Building building, DataStream<Item> in) {
        building.open(in.broadcast());
    }

    static void watermarks(Building building, DataStream<Item> in) {
        building.emit(in.assignTimestampsAndWatermarks(WatermarkStrategy.forBoundedOutOfOrderness(ANY_DISORDER))
                .name(building.name("watermarks")));
    }
}
