// SPDX-License-Identifier: Apache-2.0
package io.millrace.runtime.time;

import io.millrace.api.time.Timestamps;
import java.util.Arrays;

/**
 * The watermark of a gate: the lowest of its channels'. A channel's watermark never goes back; one that has ended
 * counts as {@link Timestamps#END}. Confined to one subtask.
 */
public final class WatermarkCombiner {
    private final long[] channels;
    private long combined = Timestamps.NONE;

    public WatermarkCombiner(int channels) {
        this.channels = new long[channels];
        Arrays.fill(this.channels, Timestamps.NONE);
    }

    /** A channel carries no watermarks: the others' decide. */
    public void leaveOut(int channel) {
        channels[channel] = Timestamps.END;
    }

    /** Takes in the watermarks of a checkpoint. */
    public void restore(long[] watermarks) {
        System.arraycopy(watermarks, 0, channels, 0, channels.length);
        combined = lowest();
    }

    /** Takes a channel's watermark; true when the combined one grew. */
    public boolean update(int channel, long watermark) {
        long before = channels[channel];
        if (watermark <= before) {
            return false;
        }
        channels[channel] = watermark;
        if (before > combined) {
            return false;
        }
        long lowest = lowest();
        boolean grew = lowest > combined;
        combined = lowest;
        return grew;
    }

    public long combined() {
        return combined;
    }

    /** A copy of the channels' watermarks, for a checkpoint. */
    public long[] snapshot() {
        return channels.clone();
    }

    private long lowest() {
        long lowest = Timestamps.END;
        for (long watermark : channels) {
            lowest = Math.min(lowest, watermark);
        }
        return lowest;
    }
}
