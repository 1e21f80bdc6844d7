// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.window;

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

    void take(Object record, long timestamp) throws Exception {
        if (output == null) {
            context.countLateRecord();
            context.sampleLateRecord(context.keyedState().currentKey(), record, timestamp);
        } else {
            context.output().emitSide(output, record, timestamp);
        }
    }
}
