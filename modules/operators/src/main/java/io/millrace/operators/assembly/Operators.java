// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.assembly;

import io.millrace.api.graph.OperatorSpec;
import io.millrace.api.source.Source;
import io.millrace.api.source.SourceSplit;
import io.millrace.operators.Operator;
import io.millrace.operators.builtin.OperatorFactory;
import io.millrace.operators.builtin.StateCodecs;
import io.millrace.operators.join.JoinOperators;
import io.millrace.operators.source.EnumeratorOperator;
import io.millrace.operators.window.WindowOperators;
import io.millrace.serialization.Codecs;
import io.millrace.specialisation.Specialiser;

/**
 * Makes operators from specifications. An operator holds the specification's own functions, so each subtask needs a
 * specification of its own.
 */
public final class Operators {
    private Operators() {}

    /**
     * The operator of a specification; for a source, the one that reads it: see {@link #createEnumerator} for the other.
     *
     * @param specialiser of the operator's place in its chain
     */
    public static Operator create(OperatorSpec spec, Specialiser specialiser) {
        StateCodecs codecs = Codecs::forTypeOrSelfDescribing;
        if (spec instanceof OperatorSpec.WindowSpec window) {
            return new WindowOperators(specialiser, codecs).create(window);
        }
        if (spec instanceof OperatorSpec.IntervalJoinSpec join) {
            return JoinOperators.create(join, codecs);
        }
        return new OperatorFactory(specialiser, codecs).create(spec);
    }

    /**
     * The enumerator of a source.
     *
     * @param readers number of subtasks that read the source
     */
    public static EnumeratorOperator<?, ?> createEnumerator(OperatorSpec.SourceSpec spec, int readers) {
        return enumerator(spec.source(), readers);
    }

    private static <T, S extends SourceSplit, E> EnumeratorOperator<S, E> enumerator(
            Source<T, S, E> source, int readers) {
        return new EnumeratorOperator<>(source, readers);
    }
}
