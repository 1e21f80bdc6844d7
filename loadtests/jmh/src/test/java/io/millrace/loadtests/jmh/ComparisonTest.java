// SPDX-License-Identifier: Apache-2.0
package io.millrace.loadtests.jmh;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.loadtests.jmh.Comparison.Change;
import io.millrace.loadtests.jmh.Comparison.Verdict;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ComparisonTest {
    private static final SortedMap<String, String> NONE = new TreeMap<>();

    @ParameterizedTest
    @CsvSource({
        // then, spread, now, spread
        "4.0, 0.2, 4.0, 0.2, UNCHANGED",
        // beyond both spreads and the least share
        "4.0, 0.2, 5.0, 0.2, SLOWER",
        "4.0, 0.2, 3.0, 0.2, FASTER",
        // within the spreads of both together, though beyond either
        "4.0, 0.6, 5.0, 0.6, UNCHANGED",
        "4.0, 0.9, 5.0, 0.0, SLOWER",
        "4.0, 0.0, 5.0, 0.9, SLOWER",
        // beyond the spreads, but less than the least share
        "4.0, 0.0, 4.5, 0.0, UNCHANGED",
        "4.0, 0.0, 3.5, 0.0, UNCHANGED",
        "4.0, 0.0, 4.7, 0.0, SLOWER"
    })
    void aRatioHasMovedWhenItDiffersByMoreThanBothSpreadsAndTheLeastShare(
            double then, double thenSpread, double now, double nowSpread, Verdict verdict) {
        assertThat(Comparison.verdict(new Ratio(then, thenSpread), new Ratio(now, nowSpread), 0.15))
                .isEqualTo(verdict);
    }

    @Test
    void benchmarksAreFoundByNameAndParameters() {
        Baseline baseline = new Baseline(
                1,
                "17.0.1",
                2,
                List.of(line("A.a", with("size", "1"), 2), line("A.a", with("size", "2"), 9), line("B.gone", NONE, 1)));
        List<Result> results = List.of(
                result("A.a", with("size", "1"), 4),
                result("A.a", with("size", "2"), 9),
                result("A.a", with("size", "3"), 9),
                new Result("A.loop", NONE, 1, 0, null));
        Comparison all = Comparison.of(baseline, results, 0.15, true);
        assertThat(all.changes())
                .extracting(Change::verdict)
                .containsExactly(Verdict.SLOWER, Verdict.UNCHANGED, Verdict.NEW, Verdict.GONE);
        assertThat(all.hasSlower()).isTrue();
        assertThat(ResultText.of(all, baseline))
                .contains("1 got slower, nothing faster.", "+100%", "more than 15%", "Java 17.0.1 on 2 cores")
                .contains("1 are not in the baseline.", "1 of the baseline were not measured");
    }

    @Test
    void whatWasNotChosenIsNotGone() {
        Baseline baseline = new Baseline(1, "17.0.1", 2, List.of(line("A.a", NONE, 2), line("B.other", NONE, 1)));
        Comparison some = Comparison.of(baseline, List.of(result("A.a", NONE, 2)), 0.15, false);
        assertThat(some.changes()).hasSize(1);
        assertThat(some.hasSlower()).isFalse();
        assertThat(ResultText.of(some, baseline)).contains("Nothing has moved.");
    }

    @Test
    void ratiosAreThoseOfMediansAndTheirSpreadsAddUp() {
        SortedMap<String, String> jobs = with("jobs", "4");
        SortedMap<String, String> sizes = with("jobs", "4");
        sizes.put("size", "1");
        List<Timing> timings = List.of(
                new Timing("a.XBenchmark.loop", with("jobs", "0"), List.of(1.0)),
                new Timing("a.XBenchmark.loop", jobs, List.of(4.0, 5.0, 6.0, 5.0, 5.0)),
                new Timing("a.XBenchmark.run", sizes, List.of(40.0, 20.0, 90.0, 50.0, 60.0)),
                new Timing("a.YBenchmark.loop", NONE, List.of(7.0)));
        List<Result> results = Result.of(timings, benchmark -> benchmark.endsWith(".loop"));
        assertThat(results).extracting(Result::name).containsExactly("X.loop", "X.loop", "X.run", "Y.loop");
        // Medians 50 and 5; quartiles 40 and 60, 5 and 5.
        assertThat(results.get(2).ratio()).isEqualTo(new Ratio(10, 4));
        assertThat(results.get(1).ratio()).isNull();
        assertThat(ResultText.of(results)).contains("X.run", "jobs=4 size=1", "10.00 ± 4.00");
    }

    @Test
    void everyBenchmarkHasACalibration() {
        assertThat(Measurer.isCalibration("io.millrace.loadtests.jmh.ChainBenchmark.loop"))
                .isTrue();
        assertThat(Measurer.isCalibration("io.millrace.loadtests.jmh.ChainBenchmark.ordinary"))
                .isFalse();
        Map<String, Long> calibrations = Measurer.all().stream()
                .collect(Collectors.groupingBy(
                        Result::classOf, Collectors.filtering(Measurer::isCalibration, Collectors.counting())));
        assertThat(calibrations).hasSizeGreaterThan(4).allSatisfy((type, count) -> assertThat(count)
                .isEqualTo(1));
    }

    private static SortedMap<String, String> with(String name, String value) {
        return new TreeMap<>(Map.of(name, value));
    }

    private static Baseline.Line line(String name, SortedMap<String, String> parameters, double ratio) {
        return new Baseline.Line(name, parameters, new Ratio(ratio, 0.1));
    }

    private static Result result(String name, SortedMap<String, String> parameters, double ratio) {
        return new Result(name, parameters, 10, 1, new Ratio(ratio, 0.1));
    }
}
