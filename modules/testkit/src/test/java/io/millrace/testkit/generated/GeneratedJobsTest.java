// SPDX-License-Identifier: Apache-2.0
package io.millrace.testkit.generated;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Fresh seeds each time; {@code -Dmodel.seeds=N} runs another number of them, and {@code -Dmodel.seed=S} repeats one.
 */
class GeneratedJobsTest {
    private static final String SEED = "model.seed";
    private static final int DEFAULT_SEEDS = 500;

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
            assertThat(result.simulation().violation()).as(result.describe()).isNull();
            result.operators().forEach(label -> operators.merge(label, 1, Integer::sum));
            epochs += result.simulation().epochs();
            records += result.expectedRecords();
            empty += result.expectedRecords() == 0 ? 1 : 0;
        }
        System.out.println(seeds + " seeds from " + first + " held, in " + (System.nanoTime() - began) / 1_000_000
                + " ms: " + operators + ", " + epochs + " epochs, " + records + " records, " + empty + " empty");
    }
}
