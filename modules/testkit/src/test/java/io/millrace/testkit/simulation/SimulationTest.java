// SPDX-License-Identifier: Apache-2.0
package io.millrace.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SimulationTest {
    @Test
    void freshSeedsHold() {
        long first = Long.getLong("millrace.simulation.seed", System.nanoTime());
        int seeds = System.getProperty("millrace.simulation.seed") != null
                ? 1
                : Integer.getInteger("millrace.simulation.seeds", 500);
        long began = System.nanoTime();
        long events = 0;
        long epochs = 0;
        long checkpoints = 0;
        for (int i = 0; i < seeds; i++) {
            SimulationResult result = SimulationRunner.run(first + i);
            assertThat(result.failed()).as(result.describe()).isFalse();
            events += result.events();
            epochs += result.epochs();
            checkpoints += result.checkpoints();
        }
        System.out.printf(
                "%d seeds from %d: %d ms, %d events, %d epochs, %d checkpoints%n",
                seeds, first, (System.nanoTime() - began) / 1_000_000, events, epochs, checkpoints);
    }
}
