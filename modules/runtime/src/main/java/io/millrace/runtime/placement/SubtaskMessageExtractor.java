// SPDX-License-Identifier: Apache-2.0
package io.millrace.runtime.placement;

import io.millrace.runtime.protocol.SubtaskMessage;
import org.apache.pekko.cluster.sharding.typed.ShardingMessageExtractor;

/** The entity's id begins with its shard: the coordinator has chosen it. */
public final class SubtaskMessageExtractor extends ShardingMessageExtractor<SubtaskEnvelope, SubtaskMessage> {
    @Override
    public String entityId(SubtaskEnvelope envelope) {
        return envelope.entityId();
    }

    @Override
    public String shardId(String entityId) {
        return SubtaskEnvelope.shardIdOf(entityId);
    }

    @Override
    public SubtaskMessage unwrapMessage(SubtaskEnvelope envelope) {
        return envelope.message();
    }
}
