// SPDX-License-Identifier: Apache-2.0
package io.millrace.testkit.generated;

import io.millrace.api.function.JoinFunction;
import io.millrace.api.stream.DataStream;
import io.millrace.api.stream.IntervalJoin;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Steps that join two streams; the second one goes on as well. */
final class JoinSteps {
    private JoinSteps() {}

    static void interval(Building building, DataStream<Item> in) {
        Functions.KeyOf key = new Functions.KeyOf(
                building.random().between(0L, 3L), building.random().between(1, 20));
        long lower = building.random().between(-60L, 40L);
        long upper = building.random().between(lower + 2, lower + 80);
        IntervalJoin<Long, Item, Item> join = in.keyBy(key, Long.class)
                .intervalJoin(building.another(in).keyBy(key, Long.class))
                .between(Duration.ofMillis(lower), Duration.ofMillis(upper + building.slip(Slip.JOIN_BOUND)));
        if (building.random().chance(0.3)) {
            join = join.lowerBoundExclusive();
        }
        if (building.random().chance(0.3)) {
            join = join.upperBoundExclusive();
        }
        Pairing function = new Pairing();
        DataStream<Item> result =
                switch (building.random().below(4)) {
                    case 0 -> join.inner(function);
                    case 1 -> join.left(function);
                    case 2 -> join.right(function);
                    default -> join.full(function);
                };
        building.emit(result.name(building.name("join")).uid(building.name("join")));
    }

    private static final class Pairing implements JoinFunction<Item, Item, Item> {
        @Override
        public Item join(@Nullable Item left, @Nullable Item right) {
            long ofLeft = left == null ? -1 : left.mixed(1);
            long ofRight = right == null ? -1 : right.mixed(2);
            return new Item(left == null ? 0 : left.key(), ofLeft * 31 + ofRight);
        }
    }
}
