// SPDX-License-Identifier: Apache-2.0
package io.millrace.api.window;

import io.millrace.api.Stable;

/**
 * A span of time.
 *
 * @param start first timestamp inside, milliseconds since the epoch
 * @param end first timestamp after it
 */
@Stable
public record TimeWindow(long start, long end) implements Window {
    @Override
    public long maxTimestamp() {
        return end - 1;
    }
}
