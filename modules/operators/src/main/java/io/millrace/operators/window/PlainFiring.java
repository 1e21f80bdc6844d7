// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.window;

import io.millrace.api.function.ProcessWindowFunction;
import io.millrace.api.window.Window;
import io.millrace.operators.builtin.RecordCollector;
import io.millrace.state.KeyedStateBackend;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Emits all that a window holds. */
final class PlainFiring<W extends Window> extends WindowFiring<W> {
    private final WindowContents<W> contents;

    PlainFiring(
            WindowContents<W> contents,
            @Nullable ProcessWindowFunction<Object, Object, Object, W> function,
            WindowContext<W> context,
            RecordCollector collector,
            KeyedStateBackend state) {
        super(function, context, collector, state);
        this.contents = contents;
    }

    @Override
    void fire(W window, W held) throws Exception {
        List<Object> all = contents.read(held);
        if (!all.isEmpty()) {
            emit(window, all);
        }
    }
}
