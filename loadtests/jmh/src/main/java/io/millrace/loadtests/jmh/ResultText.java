// SPDX-License-Identifier: Apache-2.0
package io.millrace.loadtests.jmh;

import io.millrace.loadtests.jmh.Comparison.Change;
import io.millrace.loadtests.jmh.Comparison.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Results for people. */
final class ResultText {
    private ResultText() {}

    /** A table: name, parameters, nanoseconds a record, their spread, the ratio to the calibration. */
    static String of(List<Result> results) {
        List<String[]> rows = new ArrayList<>();
        rows.add(new String[] {"benchmark", "parameters", "ns a record", "spread", "x calibration"});
        for (Result result : results) {
            rows.add(new String[] {
                result.name(),
                Result.text(result.parameters()),
                number(result.nanos()),
                "± " + number(result.spread()),
                result.ratio() == null ? "calibration" : result.ratio().toString()
            });
        }
        return table(rows, 2);
    }

    /** What has moved, and by which rule. */
    static String of(Comparison comparison, Baseline baseline) {
        List<String[]> rows = new ArrayList<>();
        rows.add(new String[] {"benchmark", "parameters", "then", "now", "change", ""});
        for (Change change : comparison.changes()) {
            rows.add(new String[] {
                change.name(),
                Result.text(change.parameters()),
                text(change.then()),
                text(change.now()),
                percent(change),
                change.verdict() == Verdict.UNCHANGED
                        ? ""
                        : change.verdict().name().toLowerCase(Locale.ROOT)
            });
        }
        return table(rows, 2) + "\n" + rule(comparison, baseline) + "\n" + conclusion(comparison) + "\n";
    }

    private static String rule(Comparison comparison, Baseline baseline) {
        StringBuilder text = new StringBuilder("Ratios to the calibration. One has moved when it differs by more than");
        text.append(String.format(
                Locale.ROOT,
                " the spreads of then and now together, and by more than %.0f%%.%n",
                comparison.least() * 100));
        text.append("The baseline was measured with Java " + baseline.jdk() + " on " + baseline.cores() + " cores");
        boolean same = baseline.jdk().equals(Baseline.jdkHere()) && baseline.cores() == Baseline.coresHere();
        text.append(
                same
                        ? ", as these were."
                        : ", these with Java " + Baseline.jdkHere() + " on " + Baseline.coresHere()
                                + ": compare with care, another compiler or number of cores moves ratios too.");
        return text.toString();
    }

    private static String conclusion(Comparison comparison) {
        long slower = comparison.count(Verdict.SLOWER);
        long faster = comparison.count(Verdict.FASTER);
        String unknown = comparison.count(Verdict.NEW) == 0
                ? ""
                : " " + comparison.count(Verdict.NEW) + " are not in the baseline.";
        String gone = comparison.count(Verdict.GONE) == 0
                ? ""
                : " " + comparison.count(Verdict.GONE) + " of the baseline were not measured any more.";
        if (slower == 0 && faster == 0) {
            return "Nothing has moved." + unknown + gone;
        }
        String first = slower == 0 ? "Nothing got slower" : slower + " got slower";
        return first + ", " + (faster == 0 ? "nothing faster." : faster + " faster.") + unknown + gone;
    }

    private static String percent(Change change) {
        Ratio then = change.then();
        Ratio now = change.now();
        return then == null || now == null
                ? ""
                : String.format(Locale.ROOT, "%+.0f%%", (now.value() / then.value() - 1) * 100);
    }

    private static String text(@Nullable Ratio ratio) {
        return ratio == null ? "-" : ratio.toString();
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, value < 100 ? "%.2f" : "%.0f", value);
    }

    /** Columns in line, the first ones to the left, the others to the right. */
    private static String table(List<String[]> rows, int left) {
        int[] widths = new int[rows.get(0).length];
        for (String[] row : rows) {
            for (int i = 0; i < row.length; i++) {
                widths[i] = Math.max(widths[i], row[i].length());
            }
        }
        StringBuilder text = new StringBuilder();
        for (String[] row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < row.length; i++) {
                String padding = " ".repeat(widths[i] - row[i].length());
                line.append(i < left ? row[i] + padding : padding + row[i]).append("  ");
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
        return text.toString();
    }
}
