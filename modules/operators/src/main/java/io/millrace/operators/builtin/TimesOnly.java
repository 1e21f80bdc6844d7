// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.builtin;

import io.millrace.api.function.TimerService;
import io.millrace.operators.OperatorContext;

/** What functions without keys see of the timers: the times. */
final class TimesOnly implements TimerService {
    private final OperatorContext context;

    TimesOnly(OperatorContext context) {
        this.context = context;
    }

    @Override
    public long currentWatermark() {
        return context.currentWatermark();
    }

    @Override
    public long currentProcessingTime() {
        return context.clock().millis();
    }

    @Override
    public void registerEventTimeTimer(long timestamp) {
        throw noKeys();
    }

    @Override
    public void deleteEventTimeTimer(long timestamp) {
        throw noKeys();
    }

    @Override
    public void registerProcessingTimeTimer(long time) {
        throw noKeys();
    }

    @Override
    public void deleteProcessingTimeTimer(long time) {
        throw noKeys();
    }

    private IllegalStateException noKeys() {
        return new IllegalStateException("The function of operator '" + context.operatorName() + "' ("
                + context.operatorId()
                + ") uses a timer, but timers belong to keys, and it is given none. Put keyBy(..)"
                + " before it and make it a function of a keyed stream, such as a KeyedProcessFunction.");
    }
}
