// SPDX-License-Identifier: Apache-2.0
package io.millrace.runtime.job;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RestartStrategyTest {
    @Test
    void theDelayGrowsUpToItsLimitAndBeginsAnewAfterProgressAndTime() {
        RestartStrategy strategy = new RestartStrategy(RestartSettings.exponentialDelay(100, 350, 2, 60_000));
        assertThat(strategy.onFailure(0)).hasValue(100);
        assertThat(strategy.onFailure(1_000)).hasValue(200);
        assertThat(strategy.onFailure(2_000)).hasValue(350);
        assertThat(strategy.onFailure(3_000)).hasValue(350);
        assertThat(strategy.onFailure(90_000)).as("time without a checkpoint").hasValue(350);
        strategy.checkpointCompleted();
        assertThat(strategy.onFailure(91_000)).as("a checkpoint soon after").hasValue(350);
        strategy.checkpointCompleted();
        assertThat(strategy.onFailure(160_000)).hasValue(100);
        assertThat(strategy.onFailure(161_000)).hasValue(200);
    }

    @Test
    void attemptsAreUsedUp() {
        RestartStrategy strategy = new RestartStrategy(RestartSettings.fixedDelay(2, 10));
        assertThat(strategy.onFailure(0)).hasValue(10);
        assertThat(strategy.onFailure(1)).hasValue(10);
        assertThat(strategy.onFailure(2)).isEmpty();
        assertThat(strategy.exhausted()).contains("2 restarts");
    }

    @Test
    void failuresCountWithinTheIntervalOnly() {
        RestartStrategy strategy =
                new RestartStrategy(new RestartSettings(RestartSettings.Type.FAILURE_RATE, 10, 10, 1, 0, 2, 1_000));
        assertThat(strategy.onFailure(0)).hasValue(10);
        assertThat(strategy.onFailure(500)).hasValue(10);
        assertThat(strategy.onFailure(1_200)).hasValue(10);
        assertThat(strategy.onFailure(1_300)).isEmpty();
    }

    @Test
    void noneIsNone() {
        assertThat(new RestartStrategy(RestartSettings.none()).onFailure(0)).isEmpty();
    }
}
