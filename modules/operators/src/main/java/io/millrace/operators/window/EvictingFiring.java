// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.window;

import io.millrace.api.function.AggregateFunction;
import io.millrace.api.function.ProcessWindowFunction;
import io.millrace.api.function.ReduceFunction;
import io.millrace.api.graph.WindowBody;
import io.millrace.api.window.Evictor;
import io.millrace.api.window.Window;
import io.millrace.operators.builtin.RecordCollector;
import io.millrace.state.KeyedStateBackend;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Has an evictor choose from a window's records, then folds and emits what it leaves. */
final class EvictingFiring<W extends Window> extends WindowFiring<W> {
    private final WindowContents<W> contents;
    private final Eviction<W> eviction;

    EvictingFiring(
            WindowContents<W> contents,
            Eviction<W> eviction,
            @Nullable ProcessWindowFunction<Object, Object, Object, W> function,
            WindowContext<W> context,
            RecordCollector collector,
            KeyedStateBackend state) {
        super(function, context, collector, state);
        this.contents = contents;
        this.eviction = eviction;
    }

    @Override
    @SuppressWarnings({"unchecked", "rawtypes"}) // windows with an evictor hold records with timestamps
    void fire(W window, W held) throws Exception {
        List<Evictor.Timestamped<Object>> kept = new ArrayList<>((List) contents.read(held));
        int size = kept.size();
        if (size == 0) {
            return;
        }
        eviction.evictor().evictBefore(kept, window, eviction);
        if (!kept.isEmpty()) {
            List<Object> records = new ArrayList<>(kept.size());
            for (Evictor.Timestamped<Object> one : kept) {
                records.add(one.value());
            }
            emit(window, fold(records));
        }
        eviction.evictor().evictAfter(kept, window, eviction);
        if (kept.size() != size) {
            contents.remove(held);
            for (Evictor.Timestamped<Object> one : kept) {
                contents.add(held, one);
            }
        }
    }

    @SuppressWarnings("unchecked") // the typed streams of the API made sure that functions get their records
    private List<Object> fold(List<Object> records) throws Exception {
        WindowBody body = eviction.folding();
        if (body instanceof WindowBody.Reducing reducing) {
            ReduceFunction<Object> function = (ReduceFunction<Object>) reducing.function();
            Object whole = records.get(0);
            for (int i = 1; i < records.size(); i++) {
                whole = function.reduce(whole, records.get(i));
            }
            return Collections.singletonList(whole);
        }
        if (body instanceof WindowBody.Aggregating aggregating) {
            AggregateFunction<Object, Object, Object> function =
                    (AggregateFunction<Object, Object, Object>) aggregating.function();
            Object accumulator = function.createAccumulator();
            for (Object record : records) {
                accumulator = function.add(record, accumulator);
            }
            return Collections.singletonList(function.getResult(accumulator));
        }
        return records;
    }
}
