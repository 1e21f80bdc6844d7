// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.join;

import io.millrace.api.graph.OperatorSpec;
import io.millrace.operators.Operator;
import io.millrace.operators.builtin.StateCodecs;

/** Makes the operators of joins. */
public final class JoinOperators {
    private JoinOperators() {}

    /**
     * The operator of an interval join.
     *
     * @param codecs picks the codecs of what it keeps
     */
    public static Operator create(OperatorSpec.IntervalJoinSpec spec, StateCodecs codecs) {
        return new IntervalJoinOperator(spec, codecs);
    }
}
