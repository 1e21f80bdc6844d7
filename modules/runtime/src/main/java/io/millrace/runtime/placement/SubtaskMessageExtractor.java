// SPDX-License-Identifier: Apache-2.0
package io.millrace.runtime.placement;

import io.millrace.runtime.protocol.SubtaskMessage;
import org.apache.pekko.cluster.sharding.typed.ShardingMessageExtractor;

/** The envelope names shard and entity itself: the coordinator has chosen them. */
public final class SubtaskMessageExtractor extends ShardingMessageExtractor<SubtaskEnvelope, SubtaskMessage> {
    @Override
    public String entityId(SubtaskEnvelope envelope) {
        return envelope.entityId();
    }

    @Override
    public String shardId(String entityId) {
        throw new UnsupportedOperationException(
                "The entity " + entityId + " is addressed with its shard: its id alone does not tell it.");
    }

    @Override
    public String shardId(String entityId, SubtaskEnvelope envelope) {
        return envelope.shardId();
    }

    @Override
    public SubtaskMessage unwrapMessage(SubtaskEnvelope envelope) {
        return envelope.message();
    }
}
