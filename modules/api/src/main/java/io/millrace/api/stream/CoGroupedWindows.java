// SPDX-License-Identifier: Apache-2.0
package io.millrace.api.stream;

import io.millrace.api.Stable;
import io.millrace.api.function.CoGroupFunction;
import io.millrace.api.function.Collector;
import io.millrace.api.function.ProcessWindowFunction;
import io.millrace.api.function.RuntimeContext;
import io.millrace.api.graph.OperatorSpec;
import io.millrace.api.graph.SidedRecord;
import io.millrace.api.graph.WindowBody;
import io.millrace.api.window.Evictor;
import io.millrace.api.window.Lateness;
import io.millrace.api.window.Trigger;
import io.millrace.api.window.Window;
import io.millrace.api.window.WindowAssigner;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Windows of two keyed streams, which hold the records of both. Assigners, triggers and evictors that look at records are
 * given neither stream's, so take those that go by time and number.
 *
 * <p>Immutable; each method answers a new one.
 */
@Stable
public final class CoGroupedWindows<K, L, R, W extends Window> {
    private final KeyedStream<K, L> left;
    private final KeyedStream<K, R> right;
    private final WindowAssigner<Object, W> assigner;
    private final Lateness<Object> lateness;
    private final @Nullable Trigger<Object, ? super W> trigger;
    private final @Nullable Evictor<Object, ? super W> evictor;

    CoGroupedWindows(KeyedStream<K, L> left, KeyedStream<K, R> right, WindowAssigner<Object, W> assigner) {
        this(left, right, assigner, Lateness.drop(), null, null);
    }

    private CoGroupedWindows(
            KeyedStream<K, L> left,
            KeyedStream<K, R> right,
            WindowAssigner<Object, W> assigner,
            Lateness<Object> lateness,
            @Nullable Trigger<Object, ? super W> trigger,
            @Nullable Evictor<Object, ? super W> evictor) {
        this.left = left;
        this.right = right;
        this.assigner = assigner;
        this.lateness = lateness;
        this.trigger = trigger;
        this.evictor = evictor;
    }

    /** Says what becomes of late records of either stream; without it, they are dropped and counted. */
    public CoGroupedWindows<K, L, R, W> late(Lateness<Object> choice) {
        return new CoGroupedWindows<>(left, right, assigner, choice, trigger, evictor);
    }

    /** Has windows fire when a trigger says so, in place of the assigner's own. */
    public CoGroupedWindows<K, L, R, W> trigger(Trigger<Object, ? super W> choice) {
        return new CoGroupedWindows<>(left, right, assigner, lateness, choice, evictor);
    }

    /** Takes records of either stream out of windows when they fire. */
    public CoGroupedWindows<K, L, R, W> evictor(Evictor<Object, ? super W> choice) {
        return new CoGroupedWindows<>(left, right, assigner, lateness, trigger, choice);
    }

    /** Hands what a window holds to a function when it fires. */
    public <O> DataStream<O> apply(CoGroupFunction<? super L, ? super R, O> function) {
        return apply("coGroup", function, function);
    }

    /**
     * @param given what the user gave, for the fingerprint
     */
    <O> DataStream<O> apply(String name, CoGroupFunction<? super L, ? super R, O> function, Object given) {
        WindowChecks.check(assigner, lateness, trigger);
        WindowBody body = new WindowBody.CoGrouping(
                left.recordType(), right.recordType(), new BothSides<K, L, R, O, W>(function), given);
        OperatorSpec spec = new OperatorSpec.WindowSpec(assigner, body, lateness, trigger, evictor);
        DataStream<O> result = new DataStream<>(
                left.plan,
                left.plan.add(spec, List.of(left.asInput(), right.asInput().as(1))));
        return result.name(name);
    }

    /** Tells the records of both streams apart. */
    private static final class BothSides<K, L, R, O, W extends Window>
            implements ProcessWindowFunction<SidedRecord, O, K, W> {
        private final CoGroupFunction<? super L, ? super R, O> function;

        private BothSides(CoGroupFunction<? super L, ? super R, O> function) {
            this.function = function;
        }

        @Override
        public void open(RuntimeContext context) throws Exception {
            function.open(context);
        }

        @Override
        @SuppressWarnings("unchecked") // the left stream has an L, the right one an R
        public void process(K key, Context<W> context, Iterable<SidedRecord> contents, Collector<O> out)
                throws Exception {
            List<Object> lefts = new ArrayList<>();
            List<Object> rights = new ArrayList<>();
            for (SidedRecord record : contents) {
                (record.left() ? lefts : rights).add(record.value());
            }
            ((CoGroupFunction<Object, Object, O>) function).coGroup(lefts, rights, out);
        }

        @Override
        public void close() throws Exception {
            function.close();
        }
    }
}
