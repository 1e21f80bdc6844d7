// SPDX-License-Identifier: Apache-2.0
package io.millrace.testkit.reference;

import org.jspecify.annotations.Nullable;

/**
 * A record on its way.
 *
 * @param timestamp event time, or {@link io.millrace.api.time.Timestamps#NONE}
 * @param lane tells which records come in an order
 * @param inTime true when no watermark can reach its timestamp before it
 * @param key its key where it has come through a keyBy, otherwise null
 */
public record ModelRecord(
        Object value,
        long timestamp,
        Lane lane,
        boolean inTime,
        @Nullable Object key) {
    ModelRecord in(Lane other) {
        return new ModelRecord(value, timestamp, other, inTime, key);
    }

    ModelRecord of(Object newKey) {
        return new ModelRecord(value, timestamp, lane, inTime, newKey);
    }

    ModelRecord at(long newTimestamp, boolean nowInTime) {
        return new ModelRecord(value, newTimestamp, lane, nowInTime, key);
    }
}
