// SPDX-License-Identifier: Apache-2.0
package io.millrace.plan;

import io.millrace.api.graph.OperatorSpec;
import io.millrace.api.graph.Transformation;
import io.millrace.api.source.BoundedSource;
import io.millrace.api.source.CollectionSource;
import io.millrace.api.source.GeneratorSource;
import io.millrace.api.source.Source;
import io.millrace.api.time.WatermarkStrategy;
import java.util.HashSet;
import java.util.Set;

/** Whether what waits for event time will ever see any. */
final class TimeChecks {
    private final ResolvedPlan plan;
    private final PlanProblems problems;

    private TimeChecks(ResolvedPlan plan, PlanProblems problems) {
        this.plan = plan;
        this.problems = problems;
    }

    static void check(ResolvedPlan plan, PlanProblems problems) {
        TimeChecks checks = new TimeChecks(plan, problems);
        plan.operators().forEach(checks::operator);
    }

    private void operator(Transformation operator) {
        alignedSourcesTellWatermarks(operator);
        if (operator.spec().waitsForWatermarks() && !seesTime(operator, new HashSet<>())) {
            problems.add("The operator " + PlanProblems.describe(operator) + " waits for event time ("
                    + operator.spec().details() + "), but no stream that leads to it has timestamps and watermarks, so"
                    + " it would never give a result, or never let go of a record. Give the source a WatermarkStrategy, such as"
                    + " forBoundedOutOfOrderness(..).withTimestampAssigner(..), call assignTimestampsAndWatermarks(..)"
                    + " before it, or use windows of processing time.");
        }
    }

    /** A source without watermarks would stand at the beginning of time, and all others of its group would wait there. */
    private void alignedSourcesTellWatermarks(Transformation operator) {
        if (operator.spec() instanceof OperatorSpec.SourceSpec spec
                && spec.watermarks().alignment() != null
                && spec.watermarks().isNone()) {
            problems.add("The source " + PlanProblems.describe(operator) + " is to be aligned in the group '"
                    + spec.watermarks().alignment().group()
                    + "', but has noWatermarks(), so the others of the group would wait for it for ever. Give it another"
                    + " WatermarkStrategy, or leave withWatermarkAlignment(..) out.");
        }
    }

    /** True when event time can come from any of an operator's inputs. */
    private boolean seesTime(Transformation operator, Set<Transformation> seen) {
        for (ResolvedInput input : plan.inputsOf(operator)) {
            Transformation producer = input.producer();
            if (seen.add(producer) && givesTime(producer, seen)) {
                return true;
            }
        }
        return false;
    }

    private boolean givesTime(Transformation operator, Set<Transformation> seen) {
        if (operator.spec() instanceof OperatorSpec.SourceSpec spec) {
            return givesTime(spec.source(), spec.watermarks());
        }
        if (operator.spec() instanceof OperatorSpec.WatermarkSpec spec) {
            // Without watermarks of its own the one at the end is all that it lets through.
            return !spec.watermarks().isNone()
                    || ends(operator, new HashSet<>())
                            && (spec.watermarks().timestampAssigner() != null || seesTime(operator, seen));
        }
        return seesTime(operator, seen);
    }

    /** True when all sources that lead to an operator are bounded. */
    private boolean ends(Transformation operator, Set<Transformation> seen) {
        if (!seen.add(operator)) {
            return true;
        }
        if (operator.spec() instanceof OperatorSpec.SourceSpec spec) {
            return spec.source() instanceof BoundedSource<?, ?, ?>;
        }
        return plan.inputsOf(operator).stream().allMatch(input -> ends(input.producer(), seen));
    }

    /** A bounded source's end is a watermark too, if its records have timestamps: sources may bring their own. */
    private static boolean givesTime(Source<?, ?, ?> source, WatermarkStrategy<?> watermarks) {
        if (!watermarks.isNone()) {
            return true;
        }
        boolean timeless = source instanceof CollectionSource<?> || source instanceof GeneratorSource<?>;
        return source instanceof BoundedSource<?, ?, ?> && (watermarks.timestampAssigner() != null || !timeless);
    }
}
