// SPDX-License-Identifier: Apache-2.0
package io.millrace.api.stream;

import io.millrace.api.Stable;
import io.millrace.api.function.Collector;
import io.millrace.api.function.JoinFunction;
import io.millrace.api.function.ProcessJoinFunction;
import io.millrace.api.function.RuntimeContext;
import io.millrace.api.graph.JoinBounds;
import io.millrace.api.graph.JoinKind;
import io.millrace.api.graph.OperatorSpec;
import io.millrace.api.graph.StreamInput;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Two keyed streams whose records are joined where they have the same key and are near each other in event time: a right
 * record at r and a left record at l belong together when {@code l + lower <= r <= l + upper}.
 *
 * <p>A result of a pair has the later timestamp of both. A record is kept until the watermark says that no partner can
 * come any more. A record at or before the watermark is late: it is dropped and counted, or goes to a side output; it
 * joins nothing. In outer joins a record without a partner becomes a result once none can come, with that time as its
 * timestamp, or its own where that is later.
 *
 * <p>Immutable; each method answers a new one.
 */
@Stable
public final class IntervalJoin<K, L, R> {
    private final KeyedStream<K, L> left;
    private final KeyedStream<K, R> right;
    private final Settings<L, R> settings;

    private record Settings<L, R>(
            long lower,
            long upper,
            boolean lowerExclusive,
            boolean upperExclusive,
            @Nullable OutputTag<L> lateLeft,
            @Nullable OutputTag<R> lateRight) {}

    IntervalJoin(KeyedStream<K, L> left, KeyedStream<K, R> right, Duration lower, Duration upper) {
        this(
                left,
                right,
                new Settings<>(
                        JoinBounds.millis("lower bound", lower),
                        JoinBounds.millis("upper bound", upper),
                        false,
                        false,
                        null,
                        null));
    }

    private IntervalJoin(KeyedStream<K, L> left, KeyedStream<K, R> right, Settings<L, R> settings) {
        this.left = left;
        this.right = right;
        this.settings = settings;
    }

    /** Leaves out right records that are exactly {@code lower} after the left one. */
    public IntervalJoin<K, L, R> lowerBoundExclusive() {
        Settings<L, R> s = settings;
        return with(new Settings<>(s.lower, s.upper, true, s.upperExclusive, s.lateLeft, s.lateRight));
    }

    /** Leaves out right records that are exactly {@code upper} after the left one. */
    public IntervalJoin<K, L, R> upperBoundExclusive() {
        Settings<L, R> s = settings;
        return with(new Settings<>(s.lower, s.upper, s.lowerExclusive, true, s.lateLeft, s.lateRight));
    }

    /** Sends late left records to a side output of the join's operator. */
    public IntervalJoin<K, L, R> sideOutputLeftLateData(OutputTag<L> tag) {
        Settings<L, R> s = settings;
        return with(new Settings<>(s.lower, s.upper, s.lowerExclusive, s.upperExclusive, tag, s.lateRight));
    }

    /** Sends late right records to a side output of the join's operator. */
    public IntervalJoin<K, L, R> sideOutputRightLateData(OutputTag<R> tag) {
        Settings<L, R> s = settings;
        return with(new Settings<>(s.lower, s.upper, s.lowerExclusive, s.upperExclusive, s.lateLeft, tag));
    }

    /** Hands each pair to a function: an inner join. */
    public <O> DataStream<O> process(ProcessJoinFunction<? super L, ? super R, O> function) {
        return joined(JoinKind.INNER, function, function);
    }

    /** One result for each pair. */
    public <O> DataStream<O> inner(JoinFunction<? super L, ? super R, ? extends O> function) {
        return joined(JoinKind.INNER, new OneResult<>(function), function);
    }

    /** One result for each pair, and one for each left record without a partner. */
    public <O> DataStream<O> left(JoinFunction<? super L, ? super R, ? extends O> function) {
        return joined(JoinKind.LEFT, new OneResult<>(function), function);
    }

    /** The same with any number of results. */
    public <O> DataStream<O> left(ProcessJoinFunction<? super L, ? super R, O> function) {
        return joined(JoinKind.LEFT, function, function);
    }

    /** One result for each pair, and one for each right record without a partner. */
    public <O> DataStream<O> right(JoinFunction<? super L, ? super R, ? extends O> function) {
        return joined(JoinKind.RIGHT, new OneResult<>(function), function);
    }

    /** The same with any number of results. */
    public <O> DataStream<O> right(ProcessJoinFunction<? super L, ? super R, O> function) {
        return joined(JoinKind.RIGHT, function, function);
    }

    /** One result for each pair, and one for each record without a partner. */
    public <O> DataStream<O> full(JoinFunction<? super L, ? super R, ? extends O> function) {
        return joined(JoinKind.FULL, new OneResult<>(function), function);
    }

    /** The same with any number of results. */
    public <O> DataStream<O> full(ProcessJoinFunction<? super L, ? super R, O> function) {
        return joined(JoinKind.FULL, function, function);
    }

    private IntervalJoin<K, L, R> with(Settings<L, R> others) {
        return new IntervalJoin<>(left, right, others);
    }

    private <O> DataStream<O> joined(
            JoinKind kind, ProcessJoinFunction<? super L, ? super R, O> function, Object given) {
        JoinBounds bounds = new JoinBounds(
                settings.lowerExclusive ? settings.lower + 1 : settings.lower,
                settings.upperExclusive ? settings.upper - 1 : settings.upper);
        OperatorSpec spec = new OperatorSpec.IntervalJoinSpec(
                kind,
                bounds,
                left.recordType(),
                right.recordType(),
                settings.lateLeft,
                settings.lateRight,
                function,
                given);
        StreamInput rightInput = right.asInput().as(1);
        return new DataStream<>(left.plan, left.plan.add(spec, List.of(left.asInput(), rightInput)));
    }

    /** Emits the one result of a {@link JoinFunction}. */
    private static final class OneResult<L, R, O> implements ProcessJoinFunction<L, R, O> {
        private final JoinFunction<? super L, ? super R, ? extends O> function;

        private OneResult(JoinFunction<? super L, ? super R, ? extends O> function) {
            this.function = function;
        }

        @Override
        public void open(RuntimeContext context) throws Exception {
            function.open(context);
        }

        @Override
        public void processElement(@Nullable L left, @Nullable R right, Context context, Collector<O> out)
                throws Exception {
            out.collect(function.join(left, right));
        }

        @Override
        public void close() throws Exception {
            function.close();
        }
    }
}
