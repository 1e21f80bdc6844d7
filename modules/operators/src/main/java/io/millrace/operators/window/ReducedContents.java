// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.window;

import io.millrace.api.function.ReduceFunction;
import io.millrace.state.NamespacedValueState;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Records folded into one of their type. */
final class ReducedContents<W> extends FoldedContents<W> {
    private final ReduceFunction<Object> function;
    private final NamespacedValueState<W, Object> values;
    private @Nullable Object whole;

    ReducedContents(ReduceFunction<Object> function, NamespacedValueState<W, Object> values) {
        this.function = function;
        this.values = values;
    }

    @Override
    boolean add(W window, Object record) throws Exception {
        Object before = values.get(window);
        if (before == null) {
            values.put(window, record);
            return true;
        }
        Object after = function.reduce(before, record);
        if (after == null) {
            throw new NullPointerException("The reduce function of a window returned null.");
        }
        if (after != before) {
            values.put(window, after);
        }
        return false;
    }

    @Override
    List<Object> read(W window) {
        Object value = values.get(window);
        return value == null ? List.of() : List.of(value);
    }

    @Override
    void remove(W window) {
        values.remove(window);
    }

    @Override
    void merge(W target, W source) throws Exception {
        Object value = values.get(source);
        if (value != null) {
            add(target, value);
            values.remove(source);
        }
    }

    @Override
    void addSlicesTo(List<W> slices) {
        values.addNamespacesTo(slices);
    }

    @Override
    void beginWindow() {
        whole = null;
    }

    /** Values are records, which nobody changes, so a slice's is used as it is. */
    @Override
    boolean join(W slice, boolean last) throws Exception {
        Object value = values.peek(slice);
        if (value == null) {
            return false;
        }
        Object before = whole;
        whole = before == null ? value : function.reduce(before, value);
        if (whole == null) {
            throw new NullPointerException("The reduce function of a window returned null.");
        }
        return true;
    }

    @Override
    void handOn(W from, W to) throws Exception {
        Object left = values.peek(from);
        Object right = values.peek(to);
        if (left == null) {
            return;
        }
        Object both = right == null ? left : function.reduce(left, right);
        if (both == null) {
            throw new NullPointerException("The reduce function of a window returned null.");
        }
        values.put(to, both);
    }

    @Override
    List<Object> joined() {
        Object value = whole;
        whole = null;
        return value == null ? List.of() : List.of(value);
    }
}
