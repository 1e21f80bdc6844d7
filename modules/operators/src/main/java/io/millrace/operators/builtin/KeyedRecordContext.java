// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.builtin;

import io.millrace.api.function.KeyedCoProcessFunction;
import io.millrace.api.function.TimerService;
import io.millrace.api.stream.OutputTag;
import io.millrace.api.time.TimeDomain;
import io.millrace.api.time.Timestamps;
import io.millrace.state.KeyedStateBackend;

/** What a function of a keyed stream, or of two connected ones, sees of the record or timer it was given. */
final class KeyedRecordContext implements KeyedCoProcessFunction.OnTimerContext<Object> {
    private final KeyedStateBackend state;
    private final TimerService timers;
    private final RecordCollector collector;
    private TimeDomain domain = TimeDomain.EVENT_TIME;

    KeyedRecordContext(KeyedStateBackend state, TimerService timers, RecordCollector collector) {
        this.state = state;
        this.timers = timers;
        this.collector = collector;
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
    public long timestamp() {
        return collector.timestamp();
    }

    @Override
    public TimerService timerService() {
        return timers;
    }

    @Override
    public <X> void output(OutputTag<X> tag, X record) {
        collector.collectSide(tag, record);
    }
}
