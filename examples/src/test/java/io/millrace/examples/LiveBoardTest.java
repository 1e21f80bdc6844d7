// SPDX-License-Identifier: Apache-2.0
package io.millrace.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDateTime;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LiveBoardTest {
    private static final long HOUR_MS = 3_600_000;

    private final LiveBoard board = LiveBoard.of("board-test");

    @AfterEach
    void forget() {
        LiveBoard.forget("board-test");
    }

    private void update(int hour, String origin, long departures, long totalDelay) {
        board.update(new HourlyDelays(hour * HOUR_MS, origin, departures, 0, totalDelay, 0));
    }

    @Test
    void isEmptyAtFirst() {
        assertThat(board.snapshot().hour()).isEmpty();
        assertThat(board.snapshot().worst()).isEmpty();
        assertThat(board.snapshot().windows()).isZero();
    }

    @Test
    void showsTheWorstOfTheLatestCompleteHour() {
        update(1, "LAX", 5, 50);
        update(1, "JFK", 10, 200);
        update(1, "SEA", 4, 4000);
        update(1, "ATL", 5, 50);
        assertThat(board.snapshot().hour()).as("the hour is not complete").isEmpty();

        update(2, "LAX", 5, 5000);

        LiveBoard.Snapshot shown = board.snapshot();
        assertThat(shown.hour()).contains(LocalDateTime.of(1970, 1, 1, 1, 0));
        assertThat(shown.worst()).extracting(HourlyDelays::origin).containsExactly("JFK", "ATL", "LAX");
        assertThat(shown.windows()).isEqualTo(5);
        assertThat(shown.departures()).isEqualTo(29);
    }

    @Test
    void replacesWhatComesAgain() {
        update(1, "LAX", 5, 50);
        update(2, "LAX", 6, 60);
        update(1, "LAX", 7, 140);

        LiveBoard.Snapshot shown = board.snapshot();
        assertThat(shown.windows()).isEqualTo(2);
        assertThat(shown.departures()).isEqualTo(13);
        assertThat(shown.worst()).extracting(HourlyDelays::departures).containsExactly(7L);
    }

    @Test
    void showsTenAtMost() {
        for (int i = 0; i < 20; i++) {
            update(1, "A" + i, 5, i);
        }
        update(2, "LAX", 5, 50);
        assertThat(board.snapshot().worst())
                .hasSize(10)
                .extracting(HourlyDelays::origin)
                .startsWith("A19", "A18");
    }

    @Test
    void isOneAJobName() {
        assertThat(LiveBoard.of("board-test")).isSameAs(board);
        assertThat(LiveBoard.of("board-test-2")).isNotSameAs(board);
        LiveBoard.forget("board-test-2");
    }
}
