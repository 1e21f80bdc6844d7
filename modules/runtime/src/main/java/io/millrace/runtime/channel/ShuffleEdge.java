// SPDX-License-Identifier: Apache-2.0
package io.millrace.runtime.channel;

import io.millrace.plan.Edge;
import io.millrace.runtime.flow.OutboundChannel;

/**
 * Picks channels at random, all with the same chance. The numbers are those of SplitMix64 (Steele, Lea and Flood, "Fast
 * splittable pseudorandom number generators", 2014): a multiplication or two, no shared generator, and the same for the
 * same seed.
 */
final class ShuffleEdge extends EdgeOutput {
    private static final long STEP = 0x9E3779B97F4A7C15L;

    private final int channels;
    private long state;

    ShuffleEdge(Edge edge, OutboundChannel[] channels, int batchSize, long seed) {
        super(edge, channels, batchSize);
        this.channels = channels.length;
        this.state = seed;
    }

    @Override
    public void emit(Object record, long timestamp) {
        state += STEP;
        long mixed = (state ^ (state >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        // The upper half as a fraction of 2^32: no division, and a bias that no job could measure.
        add((int) (((mixed >>> 32) * channels) >>> 32), record, timestamp, 0);
    }
}
