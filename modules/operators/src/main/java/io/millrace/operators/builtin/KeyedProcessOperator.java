// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.builtin;

import io.millrace.api.function.KeyedProcessFunction;
import io.millrace.api.function.TimerService;
import io.millrace.api.stream.OutputTag;
import io.millrace.operators.OperatorContext;
import io.millrace.state.NoNamespace;
import io.millrace.state.TimerQueue;
import java.util.List;

/** Runs the general function on a keyed stream. */
final class KeyedProcessOperator extends KeyedOperator {
    private final KeyedProcessFunction<Object, Object, Object> function;
    private final KeyContext keyContext = new KeyContext();
    private TimerQueue<NoNamespace> timers;

    KeyedProcessOperator(KeyedProcessFunction<Object, Object, Object> function) {
        super(List.of(function));
        this.function = function;
    }

    @Override
    void openState(OperatorContext operatorContext) {
        timers = keyedState().timers("_timers", NoNamespace.CODEC);
    }

    @Override
    public void process(Object record, long timestamp) throws Exception {
        function.processElement(record, keyContext, collectorAt(timestamp));
    }

    @Override
    public boolean advanceWatermark(long watermark) throws Exception {
        return fireTimers(
                timers,
                watermark,
                timer -> function.onTimer(timer.timestamp(), keyContext, collectorAt(timer.timestamp())));
    }

    private final class KeyContext implements KeyedProcessFunction.Context<Object>, TimerService {
        @Override
        public Object currentKey() {
            return keyedState().currentKey();
        }

        @Override
        public long timestamp() {
            return collector().timestamp();
        }

        @Override
        public TimerService timerService() {
            return this;
        }

        @Override
        public <X> void output(OutputTag<X> tag, X record) {
            collector().collectSide(tag, record);
        }

        @Override
        public long currentWatermark() {
            return context().currentWatermark();
        }

        @Override
        public void registerEventTimeTimer(long timestamp) {
            timers.add(timestamp, NoNamespace.INSTANCE);
        }

        @Override
        public void deleteEventTimeTimer(long timestamp) {
            timers.remove(timestamp, NoNamespace.INSTANCE);
        }
    }
}
