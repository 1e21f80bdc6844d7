// SPDX-License-Identifier: Apache-2.0
package io.millrace.api.stream;

import io.millrace.api.Stable;
import io.millrace.api.function.CoGroupFunction;
import io.millrace.api.function.Collector;
import io.millrace.api.function.JoinFunction;
import io.millrace.api.function.RuntimeContext;
import io.millrace.api.graph.JoinKind;
import io.millrace.api.window.Lateness;
import io.millrace.api.window.Trigger;
import io.millrace.api.window.Window;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Windows of two keyed streams, whose records are joined when a window fires: each left one with each right one of the
 * key. Immutable; each method answers a new one.
 */
@Stable
public final class JoinedWindows<K, L, R, W extends Window> {
    private final CoGroupedWindows<K, L, R, W> windows;

    JoinedWindows(CoGroupedWindows<K, L, R, W> windows) {
        this.windows = windows;
    }

    /** Says what becomes of late records of either stream; without it, they are dropped and counted. */
    public JoinedWindows<K, L, R, W> late(Lateness<Object> choice) {
        return new JoinedWindows<>(windows.late(choice));
    }

    /** Has windows fire when a trigger says so, in place of the assigner's own. */
    public JoinedWindows<K, L, R, W> trigger(Trigger<Object, ? super W> choice) {
        return new JoinedWindows<>(windows.trigger(choice));
    }

    /** One result for each pair: the same as {@link #inner}. */
    public <O> DataStream<O> apply(JoinFunction<? super L, ? super R, ? extends O> function) {
        return inner(function);
    }

    /** One result for each pair. */
    public <O> DataStream<O> inner(JoinFunction<? super L, ? super R, ? extends O> function) {
        return joined(JoinKind.INNER, function);
    }

    /** One result for each pair, and one for each left record where the window has no right one. */
    public <O> DataStream<O> left(JoinFunction<? super L, ? super R, ? extends O> function) {
        return joined(JoinKind.LEFT, function);
    }

    /** One result for each pair, and one for each right record where the window has no left one. */
    public <O> DataStream<O> right(JoinFunction<? super L, ? super R, ? extends O> function) {
        return joined(JoinKind.RIGHT, function);
    }

    /** One result for each pair, and one for each record where the window has none of the other stream. */
    public <O> DataStream<O> full(JoinFunction<? super L, ? super R, ? extends O> function) {
        return joined(JoinKind.FULL, function);
    }

    private <O> DataStream<O> joined(JoinKind kind, JoinFunction<? super L, ? super R, ? extends O> function) {
        return windows.apply("join", new Pairs<L, R, O>(kind, function), function);
    }

    /** Each left record with each right one. */
    private static final class Pairs<L, R, O> implements CoGroupFunction<L, R, O> {
        private final JoinKind kind;
        private final JoinFunction<? super L, ? super R, ? extends O> function;

        private Pairs(JoinKind kind, JoinFunction<? super L, ? super R, ? extends O> function) {
            this.kind = kind;
            this.function = function;
        }

        @Override
        public void open(RuntimeContext context) throws Exception {
            function.open(context);
        }

        @Override
        public void coGroup(Iterable<L> lefts, Iterable<R> rights, Collector<O> out) throws Exception {
            List<@Nullable R> partners = withNone(rights, kind.keepsLeft());
            for (L left : withNone(lefts, kind.keepsRight())) {
                for (R right : partners) {
                    if (left != null || right != null) {
                        out.collect(function.join(left, right));
                    }
                }
            }
        }

        /** The records, or a null where there are none and the other side's are results without a partner. */
        private static <T> List<@Nullable T> withNone(Iterable<T> records, boolean othersAreKept) {
            List<@Nullable T> all = new ArrayList<>();
            records.forEach(all::add);
            if (all.isEmpty() && othersAreKept) {
                all.add(null);
            }
            return all;
        }

        @Override
        public void close() throws Exception {
            function.close();
        }
    }
}
