// SPDX-License-Identifier: Apache-2.0
package io.millrace.runtime.channel;

/**
 * Settings of all channels.
 *
 * @param credits elements that may wait at a receiver for each channel, at least 2
 * @param batchSize most records of a batch, at least 1
 * @param maxOverdraftBatches most batches that may wait for credit at a sender
 */
public record ChannelSettings(int credits, int batchSize, int maxOverdraftBatches) {
    public ChannelSettings {
        if (credits < 2 || batchSize < 1 || maxOverdraftBatches < 1) {
            throw new IllegalArgumentException("millrace.channel needs credits of at least 2, a batch-size and"
                    + " max-overdraft of at least 1; found " + credits + ", " + batchSize + ", "
                    + maxOverdraftBatches + ".");
        }
    }
}
