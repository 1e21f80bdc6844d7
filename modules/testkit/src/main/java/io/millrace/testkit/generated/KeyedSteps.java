// SPDX-License-Identifier: Apache-2.0
package io.millrace.testkit.generated;

import io.millrace.api.function.ReduceFunction;
import io.millrace.api.stream.DataStream;
import io.millrace.api.stream.Keyed;
import io.millrace.api.stream.KeyedStream;
import io.millrace.api.stream.OutputTag;

/** Steps with state for each key. */
final class KeyedSteps {
    private KeyedSteps() {}

    /** By its own key, or by some other that depends on the item. */
    static KeyedStream<Long, Item> keyed(Building building, DataStream<Item> in) {
        boolean own = building.random().chance(0.6);
        long salt = own ? 0 : building.random().between(1L, 1_000_000L);
        return in.keyBy(new Functions.KeyOf(salt, building.random().between(1, 9)), Long.class);
    }

    static void reduce(Building building, DataStream<Item> in) {
        ReduceFunction<Item> function = new Functions.Chaining();
        building.emit(keyed(building, in)
                .reduce(function)
                .name(building.name("reduce"))
                .uid(building.name("reduce")));
    }

    static void running(Building building, DataStream<Item> in) {
        KeyedStream<Long, Item> keyed = keyed(building, in);
        DataStream<Keyed<Long, Long>> result =
                switch (building.random().below(3)) {
                    case 0 -> keyed.sum(Item::value);
                    case 1 -> keyed.min(Item::value);
                    default -> keyed.max(Item::value);
                };
        result.name(building.name("running")).uid(building.name("running"));
        building.emit(result.<Item>map(one -> new Item(one.key(), one.value())).name(building.name("map")));
    }

    static void numbering(Building building, DataStream<Item> in) {
        building.emit(keyed(building, in)
                .process(new TimerFunctions.Numbering())
                .name(building.name("numbering"))
                .uid(building.name("numbering")));
    }

    static void timers(Building building, DataStream<Item> in) {
        OutputTag<Item> aside = new OutputTag<>(building.name("aside"), Item.class);
        long step = building.random().between(1L, 200L);
        int hops = building.random().between(0, 3);
        DataStream<Item> result = keyed(building, in)
                .process(new TimerFunctions.SumsByTime(
                        step + building.slip(Slip.TIMER), hops, aside, building.userCode()))
                .name(building.name("timers"))
                .uid(building.name("timers"));
        building.emit(result);
        building.open(result.getSideOutput(aside));
    }

    static void ledger(Building building, DataStream<Item> in) {
        long step = building.random().between(1L, 200L);
        building.emit(keyed(building, in)
                .process(new Ledger(step, building.userCode()))
                .name(building.name("ledger"))
                .uid(building.name("ledger")));
    }

    static void deadlines(Building building, DataStream<Item> in) {
        long step = building.random().between(1L, 200L);
        building.emit(keyed(building, in)
                .process(new TimerFunctions.Deadlines(
                        step + building.slip(Slip.TIMER), building.random().between(1, 5)))
                .name(building.name("deadlines"))
                .uid(building.name("deadlines")));
    }
}
