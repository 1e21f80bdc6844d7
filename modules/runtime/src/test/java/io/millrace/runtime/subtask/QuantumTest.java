// SPDX-License-Identifier: Apache-2.0
package io.millrace.runtime.subtask;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class QuantumTest {
    private final Quantum quantum = new Quantum();

    private void took(int records, long nanos) {
        quantum.begin();
        quantum.worked(records);
        quantum.took(nanos);
    }

    private void work(long nanosARecord, int times) {
        for (int i = 0; i < times; i++) {
            took(quantum.records(), quantum.records() * nanosARecord);
        }
    }

    @Test
    void growsWhereRecordsAreCheapUpToALimit() {
        work(20, 20);

        assertThat(quantum.records()).isEqualTo(Quantum.MOST);
    }

    @Test
    void shrinksToOneRecordWhereOneTakesLongerThanATurn() {
        work(20, 20);
        work(2_000_000, 20);

        assertThat(quantum.records()).isEqualTo(1);
    }

    @Test
    void settlesWhereItTakesNeitherShortNorLong() {
        work(500, 20);
        int settled = quantum.records();
        work(500, 1);

        assertThat(quantum.records()).isEqualTo(settled).isBetween(50, 200);
    }

    @Test
    void aShortRestOfABatchTeachesNothing() {
        took(3, 10);
        took(0, 10);
        took(0, 4_000_000);

        assertThat(quantum.records()).isEqualTo(Quantum.FIRST);
    }

    @Test
    void aFewSlowRecordsAreEnough() {
        took(4, 200_000);

        assertThat(quantum.records()).isEqualTo(2);
    }

    @Test
    void oneSlowPieceIsEnoughToLearnThatRecordsAreSlow() {
        work(20, 20);
        work(1_000_000, 1);

        // The next piece of such records keeps to a turn of a millisecond.
        assertThat(quantum.records()).isEqualTo(1);
    }
}
