// SPDX-License-Identifier: Apache-2.0
package io.millrace.runtime.time;

import io.millrace.api.time.Timestamps;
import io.millrace.checkpoint.manifest.ChannelStatus;
import java.util.Arrays;
import java.util.List;

/**
 * The watermark of a gate, from what its channels say.
 *
 * <p>A channel is active, idle or finished. Active ones hold the gate: its watermark is the lowest of theirs. Idle and
 * finished ones are left out. Where no channel is active nobody holds the gate:
 *
 * <ul>
 *   <li>if some are idle, the gate is idle, and its watermark is the highest that any channel has reached, in whatever
 *       order they fell silent. It is not {@link Timestamps#END} even if the others are finished, for the idle ones may
 *       have more to bring;
 *   <li>if all are finished, it is {@link Timestamps#END}.
 * </ul>
 *
 * <p>Neither a channel's watermark nor the gate's ever goes back. A channel that was idle and is behind the gate holds it
 * where it is until it has caught up: what it brings meanwhile may be late, what it brings afterwards is not. Being
 * finished is for ever. Confined to one subtask.
 */
public final class WatermarkCombiner {
    /** The highest that each has told, {@link Timestamps#END} left out: that a channel is finished is its status. */
    private final long[] watermarks;

    private final ChannelStatus[] statuses;
    private int active;
    private int idle;
    private long combined = Timestamps.NONE;

    public WatermarkCombiner(int channels) {
        this.watermarks = new long[channels];
        this.statuses = new ChannelStatus[channels];
        this.active = channels;
        Arrays.fill(watermarks, Timestamps.NONE);
        Arrays.fill(statuses, ChannelStatus.ACTIVE);
    }

    /** A channel carries no watermarks: the others' decide. */
    public void leaveOut(int channel) {
        setStatus(channel, ChannelStatus.FINISHED);
    }

    /**
     * Takes in what a checkpoint says of the channels.
     *
     * @param reached the gate's watermark then, which may be higher than those of the channels that were active
     */
    public void restore(long[] restoredWatermarks, List<ChannelStatus> restoredStatuses, long reached) {
        System.arraycopy(restoredWatermarks, 0, watermarks, 0, watermarks.length);
        for (int i = 0; i < statuses.length; i++) {
            setStatus(i, restoredStatuses.get(i));
        }
        combined = Math.max(reached, target());
    }

    /**
     * Takes what a channel says.
     *
     * @param watermark {@link Timestamps#NONE} where it says nothing of it; {@link Timestamps#END}: it is finished
     * @param isIdle whether it is idle from now on
     * @return true when the combined watermark grew
     */
    public boolean update(int channel, long watermark, boolean isIdle) {
        ChannelStatus before = statuses[channel];
        long watermarkBefore = watermarks[channel];
        if (before == ChannelStatus.FINISHED) {
            return false;
        }
        if (watermark == Timestamps.END) {
            return finish(channel);
        }
        ChannelStatus status = isIdle ? ChannelStatus.IDLE : ChannelStatus.ACTIVE;
        if (watermark > watermarkBefore) {
            watermarks[channel] = watermark;
        } else if (status == before) {
            return false;
        }
        if (status == before && status == ChannelStatus.ACTIVE && watermarkBefore > combined) {
            return false;
        }
        setStatus(channel, status);
        return combine();
    }

    /** No record will follow on the channel; true when the combined watermark grew. */
    public boolean finish(int channel) {
        setStatus(channel, ChannelStatus.FINISHED);
        return combine();
    }

    /** The combined watermark. */
    public long combined() {
        return combined;
    }

    /** True when nobody holds the watermark back, though it is not the end yet. */
    public boolean isIdle() {
        return active == 0 && idle > 0;
    }

    /** A copy of the channels' watermarks, for a checkpoint. */
    public long[] watermarks() {
        return watermarks.clone();
    }

    /** A copy of the channels' statuses, for a checkpoint. */
    public List<ChannelStatus> statuses() {
        return List.of(statuses);
    }

    private void setStatus(int channel, ChannelStatus status) {
        count(statuses[channel], -1);
        count(status, 1);
        statuses[channel] = status;
    }

    private void count(ChannelStatus status, int change) {
        if (status == ChannelStatus.ACTIVE) {
            active += change;
        } else if (status == ChannelStatus.IDLE) {
            idle += change;
        }
    }

    private boolean combine() {
        long target = target();
        if (target <= combined) {
            return false;
        }
        combined = target;
        return true;
    }

    private long target() {
        if (watermarks.length == 0) {
            return Timestamps.NONE;
        }
        if (active == 0) {
            return idle == 0 ? Timestamps.END : Arrays.stream(watermarks).max().getAsLong();
        }
        long lowest = Timestamps.END;
        for (int i = 0; i < watermarks.length; i++) {
            if (statuses[i] == ChannelStatus.ACTIVE) {
                lowest = Math.min(lowest, watermarks[i]);
            }
        }
        return lowest;
    }
}
