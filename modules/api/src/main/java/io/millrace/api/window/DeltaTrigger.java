// SPDX-License-Identifier: Apache-2.0
package io.millrace.api.window;

import io.millrace.api.Stable;
import io.millrace.api.state.ValueState;
import io.millrace.api.state.ValueStateDescriptor;
import io.millrace.api.types.TypeHint;
import java.util.List;

/** Fires when a record is further than a threshold from the one that the window last fired for, or began with. */
@Stable
public final class DeltaTrigger<T, W extends Window> extends Trigger<T, W> {
    private final double threshold;
    private final DeltaFunction<? super T> function;
    private final ValueStateDescriptor<T> last;

    private DeltaTrigger(double threshold, DeltaFunction<? super T> function, TypeHint<T> recordType) {
        this.threshold = threshold;
        this.function = function;
        this.last = new ValueStateDescriptor<>("last", recordType);
    }

    /**
     * @param recordType how the record that windows remember is written into state
     */
    public static <T, W extends Window> DeltaTrigger<T, W> of(
            double threshold, DeltaFunction<? super T> function, Class<T> recordType) {
        return of(threshold, function, TypeHint.of(recordType));
    }

    /** The same, for types with type arguments. */
    public static <T, W extends Window> DeltaTrigger<T, W> of(
            double threshold, DeltaFunction<? super T> function, TypeHint<T> recordType) {
        return new DeltaTrigger<>(threshold, function, recordType);
    }

    @Override
    public TriggerResult onElement(T record, long timestamp, W window, Context context) throws Exception {
        ValueState<T> remembered = context.getState(last);
        T before = remembered.value();
        if (before == null) {
            remembered.update(record);
            return TriggerResult.CONTINUE;
        }
        if (function.delta(before, record) > threshold) {
            remembered.update(record);
            return TriggerResult.FIRE;
        }
        return TriggerResult.CONTINUE;
    }

    @Override
    public TriggerResult onProcessingTime(long time, W window, Context context) {
        return TriggerResult.CONTINUE;
    }

    @Override
    public TriggerResult onEventTime(long time, W window, Context context) {
        return TriggerResult.CONTINUE;
    }

    @Override
    public void clear(W window, Context context) {
        context.getState(last).clear();
    }

    @Override
    public List<Object> functions() {
        return List.of(function);
    }

    @Override
    public String toString() {
        return "delta " + threshold;
    }
}
