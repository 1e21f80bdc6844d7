// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.builtin;

import io.millrace.operators.Operator;

/** Hands on every record: its several inputs reach it as one. */
final class UnionOperator extends Operator {
    @Override
    public void process(Object record, long timestamp) throws Exception {
        context().output().emit(record, timestamp);
    }
}
