// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.builtin;

import io.millrace.api.function.RichFunction;
import io.millrace.api.time.TimeDomain;
import io.millrace.api.time.Timestamps;
import io.millrace.operators.OperatorContext;
import io.millrace.state.NoNamespace;
import io.millrace.state.RecordKeys;
import io.millrace.state.TimerQueue;
import java.util.List;

/**
 * An operator whose function sets timers. What fires them stands in the operators themselves: it runs once a timer, and
 * is specialised with them.
 */
abstract class TimedOperator extends KeyedOperator {
    private FunctionTimers timers;
    private RecordKeys keys;

    TimedOperator(List<RichFunction> functions) {
        super(functions);
    }

    @Override
    protected void openState(OperatorContext operatorContext) {
        timers = new FunctionTimers(operatorContext, keyedState());
        keys = keyedState().recordKeys();
    }

    @Override
    public void start() throws Exception {
        super.start();
        timers.arm();
    }

    final FunctionTimers timers() {
        return timers;
    }

    final RecordKeys keys() {
        return keys;
    }

    /**
     * Fires the timers of a queue up to and including a time.
     *
     * @return false when the output is full
     */
    abstract boolean fire(TimerQueue<NoNamespace> queue, long until, TimeDomain domain) throws Exception;

    @Override
    public final boolean advanceWatermark(long watermark) throws Exception {
        // Nothing follows the last watermark, so what the clock has made due comes before it.
        if (watermark == Timestamps.END && !firesProcessingTime(timers.currentProcessingTime())) {
            return false;
        }
        return fire(timers.eventTime(), watermark, TimeDomain.EVENT_TIME);
    }

    /** After the last watermark nothing fires any more, which an operator restored from after it may still be woken for. */
    @Override
    public final boolean advanceProcessingTime(long nowMs) throws Exception {
        if (context().currentWatermark() == Timestamps.END) {
            return true;
        }
        if (!firesProcessingTime(nowMs)) {
            return false;
        }
        timers.arm();
        return true;
    }

    private boolean firesProcessingTime(long nowMs) throws Exception {
        return fire(timers.processingTime(), nowMs, TimeDomain.PROCESSING_TIME);
    }
}
