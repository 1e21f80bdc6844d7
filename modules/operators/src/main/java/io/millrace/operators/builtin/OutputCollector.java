// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.builtin;

import io.millrace.operators.OperatorContext;
import io.millrace.operators.Output;
import io.millrace.operators.Rethrow;
import org.jspecify.annotations.Nullable;

/** The per-record part of a collector, specialised for each operator. */
final class OutputCollector extends RecordCollector {
    private final Output output;

    OutputCollector(OperatorContext context) {
        super(context);
        this.output = context.output();
    }

    @Override
    public void collect(@Nullable Object record) {
        if (record == null) {
            throw emittedNull();
        }
        try {
            output.emit(record, timestamp());
        } catch (Exception e) {
            throw Rethrow.unchecked(e);
        }
    }
}
