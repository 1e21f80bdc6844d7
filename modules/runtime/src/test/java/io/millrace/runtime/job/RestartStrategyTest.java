// SPDX-License-Identifier: Apache-2.0
package io.millrace.runtime.job;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RestartStrategyTest {
    @Test
    void noneEndsAtTheFirstFailure() {
        RestartStrategy strategy = new RestartStrategy(RestartSettings.none());
        assertThat(strategy.onFailure(0)).isEmpty();
        assertThat(strategy.exhausted()).contains("type is none");
    }

    @Test
    void fixedDelayHasANumberOfAttempts() {
        RestartStrategy strategy = new RestartStrategy(RestartSettings.fixedDelay(2, 100));
        assertThat(strategy.onFailure(0)).hasValue(100);
        assertThat(strategy.onFailure(1_000)).hasValue(100);
        assertThat(strategy.onFailure(2_000)).isEmpty();
        assertThat(strategy.exhausted()).contains("2 restarts").contains("millrace.restart-strategy.attempts");
    }

    @Test
    void exponentialDelayGrowsToABoundAndBeginsAgainAfterAQuietTime() {
        RestartStrategy strategy = new RestartStrategy(RestartSettings.exponentialDelay(100, 500, 2, 10_000));
        assertThat(strategy.onFailure(0)).hasValue(100);
        assertThat(strategy.onFailure(1)).hasValue(200);
        assertThat(strategy.onFailure(2)).hasValue(400);
        assertThat(strategy.onFailure(3)).hasValue(500);
        assertThat(strategy.onFailure(4)).hasValue(500);
        assertThat(strategy.onFailure(10_004)).as("no checkpoint in between").hasValue(500);
        strategy.checkpointCompleted();
        assertThat(strategy.onFailure(20_004)).hasValue(100);
        assertThat(strategy.onFailure(20_005)).hasValue(200);
    }

    @Test
    void failureRateCountsWithinItsInterval() {
        RestartStrategy strategy =
                new RestartStrategy(new RestartSettings(RestartSettings.Type.FAILURE_RATE, 50, 50, 1, 0, 2, 1_000));
        assertThat(strategy.onFailure(0)).hasValue(50);
        assertThat(strategy.onFailure(500)).hasValue(50);
        assertThat(strategy.onFailure(1_200)).as("the first is forgotten").hasValue(50);
        assertThat(strategy.onFailure(1_300)).isEmpty();
        assertThat(strategy.exhausted()).contains("2 failures within 1000 ms");
    }
}
