// SPDX-License-Identifier: Apache-2.0
package io.millrace.runtime.channel;

import io.millrace.runtime.barrier.BarrierAligner;
import io.millrace.runtime.flow.InboundChannel;
import io.millrace.runtime.protocol.ChannelElement;
import io.millrace.runtime.protocol.RecordBatch;
import io.millrace.runtime.time.WatermarkCombiner;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * All inbound channels of one subtask. Elements wait in the rings of their channels; {@link #next} picks channels in
 * turn, leaving out those that wait for alignment. Confined to one subtask.
 */
public final class InputGate {
    /** Returns credit to the sender of a channel. */
    @FunctionalInterface
    public interface CreditReturn {
        void grant(int channel, int elements);
    }

    /** Takes what comes back to the head of a loop. */
    public interface FeedbackSink {
        /** False when nothing can be taken for now. */
        boolean isOpen();

        void take(int channel, ChannelElement element);
    }

    private final InboundChannel[] channels;
    private final BarrierAligner aligner;
    private final WatermarkCombiner watermarks;
    private final BitSet ended;
    private final BitSet feedback;
    /** The newest barrier that each feedback channel has delivered. */
    private final long[] feedbackBarriers;

    private final int credits;
    private final boolean exactlyOnce;
    private int current = -1;
    private int waiting;
    private int maxWaiting;

    /**
     * @param channels number of inbound channels, possibly 0
     * @param credits credits of each
     */
    public InputGate(int channels, int credits, boolean exactlyOnce) {
        this(channels, credits, exactlyOnce, new BitSet());
    }

    /**
     * @param feedback channels that bring back what the subtask has sent into a loop: they take no part in alignment,
     *     watermarks and ends, and are read by {@link #drainFeedback} alone
     */
    public InputGate(int channels, int credits, boolean exactlyOnce, BitSet feedback) {
        this.channels = new InboundChannel[channels];
        for (int i = 0; i < channels; i++) {
            this.channels[i] = new InboundChannel(i, credits);
        }
        this.credits = credits;
        this.exactlyOnce = exactlyOnce;
        this.feedback = feedback;
        this.feedbackBarriers = new long[channels];
        this.aligner = new BarrierAligner(channels - feedback.cardinality(), exactlyOnce);
        this.watermarks = new WatermarkCombiner(channels);
        feedback.stream().forEach(watermarks::leaveOut);
        this.ended = new BitSet(channels);
    }

    /** Takes an element in. */
    public void offer(int channel, long sequence, ChannelElement element) {
        channels[channel].offer(sequence, element);
        waiting++;
        maxWaiting = Math.max(maxWaiting, waiting);
    }

    /** Picks the channel whose element is to be handled next, or answers null: nothing is there that may be handled. */
    public @Nullable ChannelElement next() {
        for (int i = 1; i <= channels.length; i++) {
            int candidate = (current + i) % channels.length;
            ChannelElement element = channels[candidate].peek();
            if (element != null && !aligner.isBlocked(candidate) && !feedback.get(candidate)) {
                current = candidate;
                return element;
            }
        }
        return null;
    }

    /** Picks a channel where a barrier is next, or answers null: for times when no record may be handled. */
    public ChannelElement.@Nullable Barrier nextBarrier() {
        for (int i = 0; i < channels.length; i++) {
            if (channels[i].peek() instanceof ChannelElement.Barrier barrier
                    && !aligner.isBlocked(i)
                    && !feedback.get(i)) {
                current = i;
                return barrier;
            }
        }
        return null;
    }

    /**
     * Takes out all that has come back, credit or not for what it becomes: so a loop never waits for itself. What stands
     * behind a barrier that the other channels still owe stays: it is not of this checkpoint. Those channels bring it,
     * as no subtask above them waits for anything behind the barrier.
     */
    public void drainFeedback(FeedbackSink sink) {
        for (int i = feedback.nextSetBit(0); i >= 0; i = feedback.nextSetBit(i + 1)) {
            ChannelElement element = channels[i].peek();
            while (element != null && sink.isOpen() && !isAhead(i)) {
                channels[i].remove();
                waiting--;
                if (element instanceof ChannelElement.Barrier barrier) {
                    feedbackBarriers[i] = Math.max(feedbackBarriers[i], barrier.checkpointId());
                }
                sink.take(i, element);
                element = channels[i].peek();
            }
        }
    }

    private boolean isAhead(int feedbackChannel) {
        return exactlyOnce && feedbackBarriers[feedbackChannel] > aligner.highestAligned();
    }

    /** The channel that {@link #next} picked. */
    public int currentChannel() {
        return current;
    }

    /** The element that {@link #next} picked has been handled: its credit goes back. */
    public void finish() {
        channels[current].remove();
        waiting--;
    }

    /** What the picked barrier leads to. Call {@link #finish} first. */
    public BarrierAligner.Outcome onBarrier(long checkpointId) {
        return aligner.onBarrier(current, checkpointId);
    }

    /** Takes what the picked channel's batch says of its watermark and status; true when the gate's watermark grew. */
    public boolean onProgress(RecordBatch finished) {
        return watermarks.update(current, finished.watermark(), finished.isIdle());
    }

    /** Takes the picked channel's end; true when all have ended. */
    public boolean onEndOfInput() {
        ended.set(current);
        watermarks.finish(current);
        return ended.cardinality() == channels.length - feedback.cardinality();
    }

    /** Returns credits of channels that are owed at least {@code threshold}. */
    public void returnCredits(int threshold, CreditReturn returns) {
        for (int i = 0; i < channels.length; i++) {
            int granted = channels[i].takeOwed(threshold);
            if (granted > 0) {
                returns.grant(i, granted);
            }
        }
    }

    public WatermarkCombiner watermarks() {
        return watermarks;
    }

    public int size() {
        return channels.length;
    }

    /** Most elements that ever waited. */
    public int maxWaiting() {
        return maxWaiting;
    }

    /** Most elements that may wait: the sum of the credits. */
    public int bound() {
        return channels.length * credits;
    }
}
