// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.window;

import io.millrace.api.graph.OperatorSpec;
import io.millrace.api.graph.WindowBody;
import io.millrace.api.window.WindowAssigner;
import io.millrace.api.window.WindowGrid;
import io.millrace.operators.Operator;
import io.millrace.operators.builtin.StateCodecs;
import io.millrace.specialisation.Specialiser;
import java.lang.invoke.MethodHandles;

/** Makes the operator of windows of one place in a chain: the cheapest that can do what is asked for. */
public final class WindowOperators {
    private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();

    private final Specialiser specialiser;
    private final StateCodecs codecs;

    public WindowOperators(Specialiser specialiser, StateCodecs codecs) {
        this.specialiser = specialiser;
        this.codecs = codecs;
    }

    public Operator create(OperatorSpec.WindowSpec spec) {
        WindowAssigner<?, ?> assigner = spec.assigner();
        if (!assigner.isEventTime()) {
            throw new IllegalArgumentException("The window assigner " + assigner
                    + " does not work in event time; windows fire by event time only, so use an event-time assigner.");
        }
        WindowGrid grid = assigner.grid();
        boolean overlapping = grid != null && grid.size() > grid.slide();
        if (grid == null || overlapping && spec.body() instanceof WindowBody.Buffering) {
            // Records that are kept come in the order of their arrival, which slices do not know.
            return specialised(AssignedWindowOperator.class, assigner, spec.body(), spec.lateness(), codecs);
        }
        return specialised(
                GridWindowOperator.class, grid, assigner.windowSerializer(), spec.body(), spec.lateness(), codecs);
    }

    private Operator specialised(Class<? extends Operator> type, Object... arguments) {
        return specialiser.create(LOOKUP, Operator.class, type, arguments);
    }
}
