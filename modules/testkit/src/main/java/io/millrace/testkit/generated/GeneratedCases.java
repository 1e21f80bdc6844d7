// SPDX-License-Identifier: Apache-2.0
package io.millrace.testkit.generated;

import io.millrace.testkit.simulation.FaultRates;
import io.millrace.testkit.simulation.PlantedBug;
import io.millrace.testkit.simulation.SeededRandom;
import io.millrace.testkit.simulation.SimulationResult;
import io.millrace.testkit.simulation.SimulationRunner;
import io.millrace.testkit.simulation.Tuning;
import java.util.ArrayList;
import java.util.List;

/** Draws cases by seed, and runs them in the simulation. Thread-safe; a case runs on the thread that calls. */
public final class GeneratedCases {
    private static final List<Integer> PARALLELISMS = List.of(1, 2, 4);
    private static final List<Integer> BATCH_SIZES = List.of(1, 2, 7, 64, 1_024);
    private static final int SEEDS_A_SPECIALISED_ONE = 16;

    private GeneratedCases() {}

    /** Runs the case of a seed. */
    public static CaseResult run(long seed) {
        return run(seed, PlantedBug.NONE, Slip.NONE);
    }

    /** The same with a bug, or a slip in the definition. */
    public static CaseResult run(long seed, PlantedBug bug, Slip slip) {
        SeededRandom random = new SeededRandom(seed);
        Conditions conditions = conditions(random);
        GeneratedCase drawn = decided(Drawing.draw(random), conditions.parallelism());
        return run(seed, conditions, drawn.with(slip), bug);
    }

    /** A case that failed, with as little as still fails. */
    public static CaseResult shrink(CaseResult failed) {
        long seed = failed.seed();
        Conditions conditions = failed.conditions();
        return Shrinking.shrink(failed, shape -> {
            GeneratedCase smaller = GeneratedCase.of(shape, conditions.parallelism());
            CaseResult again =
                    smaller.firstUndecided() == null ? run(seed, conditions, smaller, PlantedBug.NONE) : null;
            return again != null && again.simulation().failed() ? again : null;
        });
    }

    private static CaseResult run(long seed, Conditions conditions, GeneratedCase workload, PlantedBug bug) {
        SimulationResult result = SimulationRunner.run(seed, bug, conditions.running(workload));
        return new CaseResult(seed, conditions, workload, result);
    }

    /** Leaves out the steps for which data do not decide. */
    private static GeneratedCase decided(CaseShape shape, int parallelism) {
        CaseShape left = shape;
        GeneratedCase drawn = GeneratedCase.of(left, parallelism);
        String undecided = drawn.firstUndecided();
        while (undecided != null) {
            List<Step> steps = new ArrayList<>(left.steps());
            // Operators are named after their steps.
            steps.remove(Integer.parseInt(undecided.split("-")[1]));
            left = new CaseShape(left.sources(), steps);
            drawn = GeneratedCase.of(left, parallelism);
            undecided = drawn.firstUndecided();
        }
        return drawn;
    }

    private static Conditions conditions(SeededRandom random) {
        return new Conditions(
                random.pick(PARALLELISMS),
                Math.floorMod(random.seed(), SEEDS_A_SPECIALISED_ONE) == 0,
                faults(random),
                random.between(300L, 2_500L),
                new Tuning(
                        random.pick(BATCH_SIZES),
                        random.between(2, 4),
                        random.between(10, 100),
                        random.between(20_000, 1_000_000),
                        random.between(1, 3),
                        3,
                        random.between(1, 6) / 10.0,
                        random.between(1_000_000L, 300_000_000L),
                        random.pick(List.of(1, 2, 4, 8, 64))));
    }

    /** Nothing, crashes and failing user code alone, or some of everything. */
    private static FaultRates faults(SeededRandom random) {
        return switch (random.below(4)) {
            case 0 -> FaultRates.none();
            case 1, 2 -> FaultRates.crashes(random.between(100, 800), random);
            default -> FaultRates.of(random);
        };
    }
}
