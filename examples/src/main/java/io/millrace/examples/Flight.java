// SPDX-License-Identifier: Apache-2.0
package io.millrace.examples;

import java.time.LocalDateTime;
import java.time.ZoneOffset;

/**
 * A departure; components are named as the columns of the files are.
 *
 * @param departure local time at the origin
 * @param delay minutes, negative when early
 * @param origin airport code
 */
record Flight(LocalDateTime departure, int delay, String origin) {
    private static final int MS_A_SECOND = 1000;

    /** The departure as event time: local times are taken as if they were UTC. */
    long eventTimeMs() {
        return departure.toEpochSecond(ZoneOffset.UTC) * MS_A_SECOND;
    }
}
