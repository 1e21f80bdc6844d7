// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.builtin;

import io.millrace.operators.Operator;
import io.millrace.operators.RecordProcessor;
import java.lang.invoke.MethodHandles;

/** Hands on every record: its several inputs reach it as one. */
final class UnionOperator extends Operator {
    @Override
    public RecordProcessor processor() {
        return context()
                .specialiser()
                .create(
                        MethodHandles.lookup(),
                        RecordProcessor.class,
                        UnionProcessor.class,
                        context().output());
    }
}
