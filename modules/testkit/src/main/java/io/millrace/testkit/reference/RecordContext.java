// SPDX-License-Identifier: Apache-2.0
package io.millrace.testkit.reference;

import io.millrace.api.function.ProcessFunction;
import io.millrace.api.stream.OutputTag;

/** What functions without keys see of a record. */
record RecordContext(ModelStep step, ModelRecord record) implements ProcessFunction.Context {
    @Override
    public long timestamp() {
        return record.timestamp();
    }

    @Override
    public long currentWatermark() {
        throw new UndecidedException("the function asks for the watermark");
    }

    @Override
    public <X> void output(OutputTag<X> tag, X value) {
        step.emitSide(tag, value, record.timestamp(), record.lane(), record.inTime());
    }
}
