// SPDX-License-Identifier: Apache-2.0
package io.millrace.testkit.generated;

import io.millrace.testkit.simulation.SimulationResult;

/** What came of a case. */
public final class CaseResult {
    private final long seed;
    private final Conditions conditions;
    private final GeneratedCase ran;
    private final SimulationResult result;

    CaseResult(long seed, Conditions conditions, GeneratedCase ran, SimulationResult result) {
        this.seed = seed;
        this.conditions = conditions;
        this.ran = ran;
        this.result = result;
    }

    long seed() {
        return seed;
    }

    Conditions conditions() {
        return conditions;
    }

    CaseShape shape() {
        return ran.shape();
    }

    public SimulationResult simulation() {
        return result;
    }

    /** The kinds of operators that were run. */
    public java.util.List<String> operators() {
        return ran.operators().stream().map(spec -> spec.label()).toList();
    }

    /** Records that the sinks had to hold. */
    public int expectedRecords() {
        return ran.expectedRecords();
    }

    /** What failed, and the command that repeats it. */
    public String describe() {
        return "seed " + seed + " failed: " + result.violation()
                + System.lineSeparator()
                + "replay: mvn -q -pl modules/testkit -am test -Dtest=GeneratedJobsTest"
                + " -Dsurefire.failIfNoSpecifiedTests=false -Dmodel.seed=" + seed
                + System.lineSeparator() + conditions + System.lineSeparator()
                + ran.shape().describe()
                + result.log();
    }
}
