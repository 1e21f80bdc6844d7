// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.window;

import io.millrace.api.function.AggregateFunction;
import io.millrace.serialization.Codec;
import io.millrace.state.NamespacedValueState;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Records folded into an accumulator, which belongs to the engine and may change in place. */
final class AggregatedContents<W> extends FoldedContents<W> {
    private final AggregateFunction<Object, Object, Object> function;
    private final NamespacedValueState<W, Object> accumulators;
    private final Codec<Object> codec;
    private @Nullable Object whole;

    AggregatedContents(
            AggregateFunction<Object, Object, Object> function,
            NamespacedValueState<W, Object> accumulators,
            Codec<Object> codec) {
        this.function = function;
        this.accumulators = accumulators;
        this.codec = codec;
    }

    @Override
    boolean add(W window, Object record) {
        Object before = accumulators.get(window);
        Object after = function.add(record, before == null ? function.createAccumulator() : before);
        if (after == null) {
            throw new NullPointerException("The aggregate function of a window returned no accumulator.");
        }
        if (after != before) {
            accumulators.put(window, after);
        }
        return before == null;
    }

    @Override
    List<Object> read(W window) {
        Object accumulator = accumulators.get(window);
        return accumulator == null ? List.of() : Collections.singletonList(resultOf(accumulator));
    }

    /** The window may be kept: a result that is the accumulator itself would change with the records that come later. */
    private Object resultOf(Object accumulator) {
        Object result = function.getResult(accumulator);
        return result == accumulator && !codec.isImmutable() ? codec.copy(accumulator) : result;
    }

    @Override
    void remove(W window) {
        accumulators.remove(window);
    }

    @Override
    void merge(W target, W source) {
        Object right = accumulators.get(source);
        if (right == null) {
            return;
        }
        Object left = accumulators.get(target);
        Object both = left == null ? right : function.merge(left, right);
        if (both == null) {
            throw new NullPointerException("The aggregate function of a window merged two accumulators into null.");
        }
        accumulators.remove(source);
        accumulators.put(target, both);
    }

    @Override
    void addSlicesTo(List<W> slices) {
        accumulators.addNamespacesTo(slices);
    }

    @Override
    void beginWindow() {
        whole = null;
    }

    /** Functions may change what they join, so they get what no snapshot and no later window will read. */
    @Override
    boolean join(W slice, boolean last) {
        Object accumulator = last ? accumulators.get(slice) : accumulators.peek(slice);
        if (accumulator == null) {
            return false;
        }
        if (!last && !codec.isImmutable()) {
            accumulator = codec.copy(accumulator);
        }
        Object before = whole;
        whole = before == null ? accumulator : function.merge(before, accumulator);
        if (whole == null) {
            throw new NullPointerException("The aggregate function of a window merged two accumulators into null.");
        }
        return true;
    }

    @Override
    void handOn(W from, W to) {
        Object left = accumulators.peek(from);
        if (left == null) {
            return;
        }
        if (!codec.isImmutable()) {
            left = codec.copy(left);
        }
        Object right = accumulators.get(to);
        Object both = right == null ? left : function.merge(left, right);
        if (both == null) {
            throw new NullPointerException("The aggregate function of a window merged two accumulators into null.");
        }
        accumulators.put(to, both);
    }

    @Override
    List<Object> joined() {
        Object accumulator = whole;
        whole = null;
        return accumulator == null ? List.of() : Collections.singletonList(function.getResult(accumulator));
    }
}
