// SPDX-License-Identifier: Apache-2.0
package io.millrace.plan;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.JobDefinitionException;
import io.millrace.api.StreamEnvironment;
import io.millrace.api.StreamJob;
import io.millrace.api.source.GeneratorSource;
import io.millrace.api.source.IndexSplit;
import io.millrace.api.source.Source;
import io.millrace.api.source.SourceReader;
import io.millrace.api.source.SourceReaderContext;
import io.millrace.api.source.SplitEnumerator;
import io.millrace.api.source.SplitEnumeratorContext;
import io.millrace.api.stream.DataStream;
import io.millrace.api.time.WatermarkGenerator;
import io.millrace.api.time.WatermarkStrategy;
import io.millrace.api.types.TypeHint;
import io.millrace.api.types.VersionedSerializer;
import io.millrace.api.window.TumblingEventTimeWindows;
import io.millrace.plan.Jobs.Order;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which windows of event time can ever fire. */
class TimeChecksTest {
    private static final String NO_TIME =
            "The operator 'window' (window) waits for event time (tumbling(size 60000 ms),"
                    + " reducing), but no stream that leads to it has timestamps and watermarks, so it would never give a"
                    + " result, or never let go of a record. Give the source a WatermarkStrategy, such as"
                    + " forBoundedOutOfOrderness(..).withTimestampAssigner(..), call assignTimestampsAndWatermarks(..) before"
                    + " it, or use windows of processing time.";

    /** Never ends; says nothing of timestamps. */
    private record Endless(GeneratorSource<Order> orders) implements Source<Order, IndexSplit, List<IndexSplit>> {
        @Override
        public SplitEnumerator<IndexSplit, List<IndexSplit>> createEnumerator(
                SplitEnumeratorContext<IndexSplit> context) {
            return orders.createEnumerator(context);
        }

        @Override
        public SplitEnumerator<IndexSplit, List<IndexSplit>> restoreEnumerator(
                SplitEnumeratorContext<IndexSplit> context, List<IndexSplit> state) {
            return orders.restoreEnumerator(context, state);
        }

        @Override
        public SourceReader<Order, IndexSplit> createReader(SourceReaderContext context) {
            return orders.createReader(context);
        }

        @Override
        public VersionedSerializer<IndexSplit> splitSerializer() {
            return orders.splitSerializer();
        }

        @Override
        public VersionedSerializer<List<IndexSplit>> enumeratorStateSerializer() {
            return orders.enumeratorStateSerializer();
        }

        @Override
        public Optional<TypeHint<Order>> producedType() {
            return orders.producedType();
        }
    }

    private static GeneratorSource<Order> source() {
        return GeneratorSource.of(i -> new Order("c", i), 10, Order.class);
    }

    private static DataStream<Order> endless(StreamEnvironment env, String name, WatermarkStrategy<Order> watermarks) {
        return env.fromSource(new Endless(source()), watermarks, name);
    }

    private static DataStream<Order> bounded(StreamEnvironment env, String name, WatermarkStrategy<Order> watermarks) {
        return env.fromSource(source(), watermarks, name);
    }

    private static WatermarkStrategy<Order> none() {
        return WatermarkStrategy.noWatermarks();
    }

    private static WatermarkStrategy<Order> timestampsAlone() {
        return WatermarkStrategy.<Order>noWatermarks().withTimestampAssigner((order, t) -> order.amount());
    }

    private static WatermarkStrategy<Order> monotonous() {
        return WatermarkStrategy.<Order>forMonotonousTimestamps().withTimestampAssigner((order, t) -> order.amount());
    }

    private static void window(DataStream<Order> orders) {
        orders.keyBy(Order::customer)
                .window(TumblingEventTimeWindows.of(Duration.ofMinutes(1)))
                .reduce((left, right) -> right)
                .uid("window")
                .sinkTo(Jobs.sink());
    }

    private static void refused(StreamJob job) {
        assertThatThrownBy(() -> Jobs.plan(job))
                .isInstanceOf(JobDefinitionException.class)
                .hasMessage(NO_TIME);
    }

    private static void taken(StreamJob job) {
        assertThatCode(() -> Jobs.plan(job)).doesNotThrowAnyException();
    }

    @Test
    void aWindowNeedsTime() {
        refused(env -> window(env.fromElements(new Order("c", 1))));
        refused(env -> window(bounded(env, "orders", none()).filter(order -> true)));
        refused(env -> window(endless(env, "orders", none())));
        refused(env -> window(endless(env, "orders", timestampsAlone())));
        refused(env -> window(endless(env, "a", none()).union(bounded(env, "b", none()))));
        refused(env -> window(endless(env, "orders", none())
                .keyBy(Order::customer)
                .reduce((left, right) -> right)
                .uid("last")));
    }

    @Test
    void aJoinByTimeNeedsTimeToo() {
        assertThatThrownBy(() -> Jobs.plan(env -> join(env.fromElements(new Order("c", 1)))))
                .isInstanceOf(JobDefinitionException.class)
                .hasMessageContaining(
                        "The operator 'intervalJoin' (intervalJoin) waits for event time (inner, right records")
                .hasMessageContaining("no stream that leads to it has timestamps and watermarks");
        taken(env -> join(endless(env, "orders", monotonous())));
    }

    private static void join(DataStream<Order> orders) {
        orders.keyBy(Order::customer)
                .intervalJoin(orders.keyBy(Order::customer))
                .between(Duration.ZERO, Duration.ofMinutes(1))
                .inner((left, right) -> left)
                .uid("join")
                .sinkTo(Jobs.sink());
    }

    @Test
    void watermarksOfTheSourceWillDo() {
        taken(env -> window(endless(env, "orders", monotonous())));
        taken(env -> window(endless(env, "orders", monotonous()).map(order -> order)));
        taken(env -> window(endless(env, "orders", WatermarkStrategy.forGenerator(TimeChecksTest::generator))));
    }

    private static WatermarkGenerator<Order> generator() {
        throw new AssertionError("planning makes no generators");
    }

    @Test
    void theEndOfABoundedSourceWillDoWhereRecordsHaveTimestamps() {
        taken(env -> window(bounded(env, "orders", timestampsAlone())));
    }

    @Test
    void watermarksInTheMiddleWillDo() {
        taken(env -> window(endless(env, "orders", none()).assignTimestampsAndWatermarks(monotonous())));
        taken(env -> window(bounded(env, "orders", none()).assignTimestampsAndWatermarks(timestampsAlone())));
        refused(env -> window(endless(env, "orders", none()).assignTimestampsAndWatermarks(timestampsAlone())));
        refused(env -> window(endless(env, "orders", monotonous()).assignTimestampsAndWatermarks(none())));
    }

    @Test
    void oneStreamWithTimeIsEnoughToBeTried() {
        taken(env -> window(endless(env, "a", none()).union(bounded(env, "b", monotonous()))));
    }

    @Test
    void windowsOfOthersAreNotMistakenForIts() {
        taken(env -> {
            window(bounded(env, "a", monotonous()));
            bounded(env, "b", none()).sinkTo(Jobs.sink());
        });
    }

    @Test
    void aSourceThatNeverTellsAWatermarkCannotBeWaitedFor() {
        WatermarkStrategy<Order> none = timestampsAlone().withWatermarkAlignment("orders", Duration.ofSeconds(1));
        assertThatThrownBy(() -> Jobs.plan(env -> endless(env, "slow", none).sinkTo(Jobs.sink())))
                .isInstanceOf(JobDefinitionException.class)
                .hasMessageContaining("'slow'")
                .hasMessageContaining("'orders'")
                .hasMessageContaining("noWatermarks()");
        taken(env -> endless(env, "slow", monotonous().withWatermarkAlignment("orders", Duration.ofSeconds(1)))
                .sinkTo(Jobs.sink()));
    }
}
