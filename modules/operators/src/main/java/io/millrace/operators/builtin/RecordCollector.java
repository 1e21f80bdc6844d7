// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.builtin;

import io.millrace.api.function.Collector;
import io.millrace.api.stream.OutputTag;
import io.millrace.api.time.Timestamps;
import io.millrace.operators.OperatorContext;
import io.millrace.operators.Rethrow;
import org.jspecify.annotations.Nullable;

/** Gives what a function emits the timestamp of the record or timer being processed. */
public abstract class RecordCollector implements Collector<Object> {
    private final OperatorContext context;
    private long timestamp = Timestamps.NONE;

    RecordCollector(OperatorContext context) {
        this.context = context;
    }

    public final long timestamp() {
        return timestamp;
    }

    public final void setTimestamp(long timestamp) {
        this.timestamp = timestamp;
    }

    public final void collectSide(OutputTag<?> tag, @Nullable Object record) {
        if (record == null) {
            throw emittedNull(context.operatorName(), " to the side output '" + tag.name() + "'");
        }
        try {
            context.output().emitSide(tag, record, timestamp);
        } catch (Exception e) {
            throw Rethrow.unchecked(e);
        }
    }

    final NullPointerException emittedNull() {
        return emittedNull(context.operatorName(), "");
    }

    static NullPointerException emittedNull(String operatorName, String where) {
        return new NullPointerException("The function of operator '" + operatorName + "' emitted null" + where
                + ". A record is never null: emit nothing instead, with flatMap in place of map.");
    }
}
