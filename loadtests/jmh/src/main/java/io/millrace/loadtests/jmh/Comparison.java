// SPDX-License-Identifier: Apache-2.0
package io.millrace.loadtests.jmh;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * Ratios then and now. The rule: a ratio has moved when it differs from the baseline's by more than the spreads of both
 * together, and by more than a share of the baseline's, below which differences mean nothing on a shared machine.
 *
 * @param changes a line for each benchmark of either side, those measured now first
 * @param least the least share of the baseline's ratio that counts as a difference
 */
record Comparison(List<Change> changes, double least) {
    /** What became of a benchmark. */
    enum Verdict {
        SLOWER,
        FASTER,
        UNCHANGED,
        /** The baseline does not know it. */
        NEW,
        /** It is in the baseline alone. */
        GONE
    }

    /**
     * One benchmark.
     *
     * @param then its ratio in the baseline, or null
     * @param now its ratio of this run, or null
     */
    record Change(
            String name,
            SortedMap<String, String> parameters,
            @Nullable Ratio then,
            @Nullable Ratio now,
            Verdict verdict) {}

    /**
     * Compares.
     *
     * @param all true when everything was measured, so that what is missing is gone
     */
    static Comparison of(Baseline baseline, List<Result> results, double least, boolean all) {
        List<Change> changes = new ArrayList<>();
        List<Baseline.Line> missing = new ArrayList<>(baseline.ratios());
        for (Result result : results) {
            Ratio now = result.ratio();
            if (now == null) {
                continue;
            }
            Ratio then = null;
            for (Baseline.Line line : baseline.ratios()) {
                if (line.name().equals(result.name()) && line.parameters().equals(result.parameters())) {
                    then = line.ratio();
                    missing.remove(line);
                }
            }
            Verdict verdict = then == null ? Verdict.NEW : verdict(then, now, least);
            changes.add(new Change(result.name(), result.parameters(), then, now, verdict));
        }
        if (all) {
            missing.forEach(
                    line -> changes.add(new Change(line.name(), line.parameters(), line.ratio(), null, Verdict.GONE)));
        }
        return new Comparison(List.copyOf(changes), least);
    }

    static Verdict verdict(Ratio then, Ratio now, double least) {
        double difference = now.value() - then.value();
        boolean moved =
                Math.abs(difference) > then.spread() + now.spread() && Math.abs(difference) > least * then.value();
        if (!moved) {
            return Verdict.UNCHANGED;
        }
        return difference > 0 ? Verdict.SLOWER : Verdict.FASTER;
    }

    long count(Verdict verdict) {
        return changes.stream().filter(change -> change.verdict() == verdict).count();
    }

    boolean hasSlower() {
        return count(Verdict.SLOWER) > 0;
    }
}
