// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.async;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.graph.AsyncSettings.Order;
import org.junit.jupiter.api.Test;

/**
 * Asynchronous calls against their definition: answers come in random order, fail and are asked for again, outputs are
 * full now and then, and crashes fall back to random snapshots. {@code -Dasync.seed=S} repeats one case.
 */
class AsyncModelTest {
    private static final int CASES = 1_000;

    @Test
    void whateverHappensEachRecordBecomesItsResultsOnceInOrder() throws Exception {
        Long repeated = Long.getLong("async.seed");
        long first = repeated != null ? repeated : System.nanoTime();
        int cases = repeated != null ? 1 : CASES;
        int crashes = 0;
        int held = 0;
        int failures = 0;
        for (long seed = first; seed < first + cases; seed++) {
            for (Order order : Order.values()) {
                AsyncCase run = new AsyncCase(seed, order);
                try {
                    run.run();
                } catch (AssertionError | Exception e) {
                    throw new AssertionError("-Dasync.seed=" + seed + " " + order + ": " + run, e);
                }
                crashes += run.crashes;
                held += run.watermarksHeld;
                failures += run.failures;
            }
        }
        System.out.println(3 * cases + " cases from seed " + first + ": " + crashes + " crashes, " + held
                + " watermarks held back, " + failures + " failed calls.");
        // Runs in which nothing of that happens would show nothing.
        if (repeated == null) {
            assertThat(crashes).isGreaterThan(cases);
            assertThat(held).isGreaterThan(cases);
            assertThat(failures).isGreaterThan(cases);
        }
    }
}
