// SPDX-License-Identifier: Apache-2.0
package io.millrace.testkit.reference;

import io.millrace.api.function.CoProcessFunction;
import io.millrace.api.function.TimerService;
import io.millrace.api.stream.OutputTag;

/** What functions without keys see of a record. */
record RecordContext(ModelStep step, ModelRecord record) implements CoProcessFunction.Context {
    @Override
    public long timestamp() {
        return record.timestamp();
    }

    @Override
    public long currentWatermark() {
        throw new UndecidedException("the function asks for the watermark");
    }

    @Override
    public TimerService timerService() {
        throw new UndecidedException("the function asks for the time");
    }

    @Override
    public <X> void output(OutputTag<X> tag, X value) {
        step.emitSide(tag, value, record.timestamp(), record.lane(), record.inTime());
    }
}
