// SPDX-License-Identifier: Apache-2.0
package io.millrace.testkit.generated;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.testkit.simulation.PlantedBug;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Fresh seeds each time; {@code -Dmodel.seeds=N} runs another number of them, and {@code -Dmodel.seed=S} repeats one.
 */
class GeneratedJobsTest {
    private static final String SEED = "model.seed";
    private static final int DEFAULT_SEEDS = 500;

    /** A planted bug must be found within this many seeds. */
    private static final int TRIES = 200;

    @Test
    void whatJobsWriteIsWhatTheModelSays() {
        boolean repeat = System.getProperty(SEED) != null;
        long first = Long.getLong(SEED, System.currentTimeMillis() * 10_000);
        int seeds = repeat ? 1 : Integer.getInteger("model.seeds", DEFAULT_SEEDS);
        long began = System.nanoTime();
        Map<String, Integer> operators = new TreeMap<>();
        long epochs = 0;
        long records = 0;
        int empty = 0;
        for (long seed = first; seed < first + seeds; seed++) {
            CaseResult result = GeneratedCases.run(seed);
            requireRight(result);
            result.operators().forEach(label -> operators.merge(label, 1, Integer::sum));
            epochs += result.simulation().epochs();
            records += result.expectedRecords();
            empty += result.expectedRecords() == 0 ? 1 : 0;
        }
        System.out.println(seeds + " seeds from " + first + " held, in " + (System.nanoTime() - began) / 1_000_000
                + " ms: " + operators + ", " + epochs + " epochs, " + records + " records, " + empty + " empty");
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void slipsAreFound(Slip slip) {
        requireFound(slip.name(), seed -> GeneratedCases.run(seed, PlantedBug.NONE, slip));
    }

    @ParameterizedTest
    @EnumSource(names = {"NOT_ALIGNED", "TIMERS_NOT_RESTORED", "SLICES_FORGOTTEN"})
    void plantedBugsAreFound(PlantedBug bug) {
        requireFound(bug.name(), seed -> GeneratedCases.run(seed, bug, Slip.NONE));
    }

    private static void requireRight(CaseResult result) {
        if (result.simulation().failed()) {
            throw new AssertionError(result.describe() + "With as little as still fails, "
                    + GeneratedCases.shrink(result).describe());
        }
    }

    private static void requireFound(String what, LongFunction<CaseResult> run) {
        for (long seed = 1; seed <= TRIES; seed++) {
            String violation = run.apply(seed).simulation().violation();
            if (violation != null) {
                System.out.println(what + " was found at seed " + seed + ": "
                        + violation.lines().findFirst().orElse(""));
                assertThat(violation)
                        .containsPattern("the output of sink .* is wrong|conserved-|ordered-|its state is damaged");
                return;
            }
        }
        throw new AssertionError(what + " was not found by " + TRIES + " seeds: the comparison has lost its teeth");
    }
}
