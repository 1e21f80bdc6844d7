// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.window;

import io.millrace.api.graph.OperatorSpec;
import io.millrace.api.graph.WindowBody;
import io.millrace.api.types.TypeHint;
import io.millrace.api.window.EventTimeTrigger;
import io.millrace.api.window.MergingWindowAssigner;
import io.millrace.api.window.Trigger;
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
        Trigger<?, ?> trigger = spec.trigger() == null ? assigner.defaultTrigger() : spec.trigger();
        boolean plain = assigner.isEventTime() && trigger instanceof EventTimeTrigger && spec.evictor() == null;
        if (!plain) {
            return triggered(spec, trigger);
        }
        boolean buffering = keepsRecords(spec.body());
        boolean updating = spec.lateness().allowedMs() > 0;
        if (assigner instanceof MergingWindowAssigner) {
            // Records that are kept are many, and sessions are read and written as a whole.
            return assigner.sessionGap() == null || buffering || updating
                    ? triggered(spec, trigger)
                    : specialised(
                            SessionWindowOperator.class,
                            assigner.sessionGap(),
                            assigner.windowSerializer(),
                            spec.body(),
                            spec.lateness(),
                            codecs);
        }
        if (assigner.steps() != null && !buffering) {
            return specialised(
                    CumulativeWindowOperator.class,
                    assigner.steps(),
                    assigner.windowSerializer(),
                    spec.body(),
                    spec.lateness(),
                    codecs);
        }
        WindowGrid grid = assigner.grid();
        boolean overlapping = grid != null && grid.size() > grid.slide();
        if (grid == null || overlapping && buffering) {
            // Records that are kept come in the order of their arrival, which slices do not know.
            return updating
                    ? triggered(spec, trigger)
                    : specialised(AssignedWindowOperator.class, assigner, spec.body(), spec.lateness(), codecs);
        }
        return specialised(
                GridWindowOperator.class, grid, assigner.windowSerializer(), spec.body(), spec.lateness(), codecs);
    }

    private static boolean keepsRecords(WindowBody body) {
        return body instanceof WindowBody.Buffering || body instanceof WindowBody.CoGrouping;
    }

    private Operator triggered(OperatorSpec.WindowSpec spec, Trigger<?, ?> trigger) {
        WindowBody body = spec.body();
        if (spec.evictor() != null && !(body instanceof WindowBody.Keeping)) {
            TypeHint<?> recordType = body instanceof WindowBody.Buffering ? body.stateType() : null;
            body = new WindowBody.Keeping(recordType, body);
        }
        return specialised(
                TriggeredWindowOperator.class, spec.assigner(), trigger, spec.evictor(), body, spec.lateness(), codecs);
    }

    private Operator specialised(Class<? extends Operator> type, Object... arguments) {
        return specialiser.create(LOOKUP, Operator.class, type, arguments);
    }
}
