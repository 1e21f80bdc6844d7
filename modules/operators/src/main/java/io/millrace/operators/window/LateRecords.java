// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.window;

import io.millrace.api.graph.SidedRecord;
import io.millrace.api.stream.OutputTag;
import io.millrace.operators.OperatorContext;
import org.jspecify.annotations.Nullable;

/** Where the records go all of whose windows are gone: to a side output, or nowhere and are counted. */
final class LateRecords {
    private final @Nullable OutputTag<?> output;
    private final OperatorContext context;

    LateRecords(@Nullable OutputTag<?> output, OperatorContext context) {
        this.output = output;
        this.context = context;
    }

    /** Of the operator. */
    OperatorContext context() {
        return context;
    }

    void take(Object taken, long timestamp) throws Exception {
        Object record = taken instanceof SidedRecord sided ? sided.value() : taken;
        if (output == null) {
            context.countLateRecord();
            context.sampleLateRecord(context.keyedState().currentKey(), record, timestamp);
        } else {
            context.output().emitSide(output, record, timestamp);
        }
    }
}
