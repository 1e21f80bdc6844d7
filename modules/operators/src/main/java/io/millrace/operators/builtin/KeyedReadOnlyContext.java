// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.builtin;

import io.millrace.api.function.KeyedBroadcastProcessFunction;
import io.millrace.api.function.TimerService;
import io.millrace.api.time.TimeDomain;
import io.millrace.api.time.Timestamps;
import io.millrace.operators.OperatorContext;
import io.millrace.state.KeyedStateBackend;

/** What a function on a keyed and a broadcast stream sees for records and timers with a key. */
final class KeyedReadOnlyContext extends BroadcastContext
        implements KeyedBroadcastProcessFunction.OnTimerContext<Object> {
    private final KeyedStateBackend state;
    private final TimerService timers;
    private TimeDomain domain = TimeDomain.EVENT_TIME;

    KeyedReadOnlyContext(
            OperatorContext context,
            BroadcastStates states,
            RecordCollector collector,
            KeyedStateBackend state,
            TimerService timers) {
        super(context, states, collector);
        this.state = state;
        this.timers = timers;
    }

    /** A timer fires; answers the event time of what it emits. */
    long fires(long timestamp, TimeDomain timerDomain) {
        domain = timerDomain;
        return timerDomain == TimeDomain.EVENT_TIME ? timestamp : Timestamps.NONE;
    }

    @Override
    public TimeDomain timeDomain() {
        return domain;
    }

    @Override
    public Object currentKey() {
        return state.currentKey();
    }

    @Override
    public TimerService timerService() {
        return timers;
    }
}
