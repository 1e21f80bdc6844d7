// SPDX-License-Identifier: Apache-2.0
package io.millrace.testkit.generated;

import io.millrace.testkit.simulation.Timed;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Makes a case that fails smaller, as long as it still fails: fewer steps, sources, splits, records. */
final class Shrinking {
    private static final int MOST_RUNS = 150;

    private final Function<CaseShape, @Nullable CaseResult> run;
    private CaseResult smallest;
    private int runs;

    /**
     * @param run runs a case; null when it does not fail, or cannot be run
     */
    private Shrinking(CaseResult failed, Function<CaseShape, @Nullable CaseResult> run) {
        this.smallest = failed;
        this.run = run;
    }

    static CaseResult shrink(CaseResult failed, Function<CaseShape, @Nullable CaseResult> run) {
        Shrinking shrinking = new Shrinking(failed, run);
        while (shrinking.improves()) {
            continue;
        }
        return shrinking.smallest;
    }

    private boolean improves() {
        for (CaseShape candidate : smaller(smallest.shape())) {
            if (runs++ >= MOST_RUNS) {
                return false;
            }
            CaseResult result = run.apply(candidate);
            if (result != null) {
                smallest = result;
                return true;
            }
        }
        return false;
    }

    /** The boldest first. */
    private static List<CaseShape> smaller(CaseShape shape) {
        List<CaseShape> candidates = new ArrayList<>();
        for (int step = shape.steps().size() - 1; step >= 0; step--) {
            candidates.add(new CaseShape(shape.sources(), without(shape.steps(), step, 1)));
        }
        for (int source = 0;
                shape.sources().size() > 1 && source < shape.sources().size();
                source++) {
            candidates.add(new CaseShape(without(shape.sources(), source, 1), shape.steps()));
        }
        for (int source = 0; source < shape.sources().size(); source++) {
            List<List<Timed>> splits = shape.sources().get(source).splits();
            for (int split = 0; split < splits.size(); split++) {
                addWithFewerRecords(shape, source, split, candidates);
            }
        }
        return candidates;
    }

    private static void addWithFewerRecords(CaseShape shape, int source, int split, List<CaseShape> candidates) {
        List<Timed> records = shape.sources().get(source).splits().get(split);
        for (int size = records.size(); size > 0; size = size == 1 ? 0 : (size + 3) / 4) {
            for (int from = 0; from < records.size(); from += size) {
                int count = Math.min(size, records.size() - from);
                candidates.add(with(shape, source, split, without(records, from, count)));
            }
        }
    }

    private static CaseShape with(CaseShape shape, int source, int split, List<Timed> records) {
        SourceShape old = shape.sources().get(source);
        List<List<Timed>> splits = new ArrayList<>(old.splits());
        splits.set(split, records);
        List<SourceShape> sources = new ArrayList<>(shape.sources());
        sources.set(source, new SourceShape(splits, old.boundMs()));
        return new CaseShape(sources, shape.steps());
    }

    private static <T> List<T> without(List<T> all, int from, int count) {
        List<T> left = new ArrayList<>(all);
        left.subList(from, from + count).clear();
        return left;
    }
}
