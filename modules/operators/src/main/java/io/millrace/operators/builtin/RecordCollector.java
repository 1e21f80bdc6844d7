// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.builtin;

import io.millrace.api.function.Collector;
import io.millrace.api.stream.OutputTag;
import io.millrace.api.time.Timestamps;
import io.millrace.operators.OperatorContext;
import io.millrace.operators.Output;
import io.millrace.operators.Rethrow;

/** Gives what a function emits the timestamp of the record or timer being processed. */
final class RecordCollector implements Collector<Object> {
    private final Output output;
    private final String operatorName;
    private long timestamp = Timestamps.NONE;

    RecordCollector(OperatorContext context) {
        this.output = context.output();
        this.operatorName = context.operatorName();
    }

    long timestamp() {
        return timestamp;
    }

    void setTimestamp(long timestamp) {
        this.timestamp = timestamp;
    }

    @Override
    public void collect(Object record) {
        check(record, "");
        try {
            output.emit(record, timestamp);
        } catch (Exception e) {
            throw Rethrow.unchecked(e);
        }
    }

    void collectSide(OutputTag<?> tag, Object record) {
        check(record, " to the side output '" + tag.name() + "'");
        try {
            output.emitSide(tag, record, timestamp);
        } catch (Exception e) {
            throw Rethrow.unchecked(e);
        }
    }

    private void check(Object record, String where) {
        if (record == null) {
            throw new NullPointerException("The function of operator '" + operatorName + "' emitted null" + where
                    + ". A record is never null: emit nothing instead, with flatMap in place of map.");
        }
    }
}
