// SPDX-License-Identifier: Apache-2.0
package io.millrace.plan;

import io.millrace.api.graph.OperatorSpec;
import io.millrace.api.graph.WindowBody;
import io.millrace.api.types.TypeHint;
import org.jspecify.annotations.Nullable;

/** What plans say of an operator beyond its kind. The same for equal definitions: no identity, no lambda's name. */
final class SpecText {
    private SpecText() {}

    /** A few words on an operator's settings; empty where it has none. */
    static String details(OperatorSpec spec) {
        if (spec instanceof OperatorSpec.SourceSpec source) {
            return "watermarks " + source.watermarks();
        }
        if (spec instanceof OperatorSpec.WatermarkSpec watermarks) {
            return "watermarks " + watermarks.watermarks();
        }
        if (spec instanceof OperatorSpec.WindowSpec window) {
            String late = window.lateOutput() == null
                    ? ""
                    : ", late records to '" + window.lateOutput().name() + "'";
            return window.assigner() + ", " + body(window.body()) + late;
        }
        return "";
    }

    /** The declared type of what an operator keeps, or null where it keeps nothing or declares none. */
    static @Nullable TypeHint<?> stateType(OperatorSpec spec) {
        if (spec instanceof OperatorSpec.ReduceSpec reduce) {
            return reduce.type();
        }
        if (!(spec instanceof OperatorSpec.WindowSpec window)) {
            return null;
        }
        if (window.body() instanceof WindowBody.Reducing reducing) {
            return reducing.type();
        }
        if (window.body() instanceof WindowBody.Aggregating aggregating) {
            return aggregating.accumulatorType();
        }
        return ((WindowBody.Buffering) window.body()).recordType();
    }

    private static String body(WindowBody body) {
        if (body instanceof WindowBody.Reducing) {
            return "reducing";
        }
        return body instanceof WindowBody.Aggregating ? "aggregating" : "buffering";
    }
}
