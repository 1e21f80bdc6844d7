// SPDX-License-Identifier: Apache-2.0
package io.millrace.runtime.placement;

import java.util.Map;
import java.util.Set;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.Address;
import org.apache.pekko.cluster.Cluster;
import org.apache.pekko.cluster.Member;
import org.apache.pekko.cluster.sharding.ShardCoordinator;
import org.apache.pekko.dispatch.Futures;
import scala.collection.immutable.IndexedSeq;
import scala.concurrent.Future;

/**
 * Puts the shard of a slot on the slot's node, and nowhere else: a slot whose node is gone has no place any more.
 * Shards are never moved.
 */
public final class SlotAllocationStrategy extends ShardCoordinator.AbstractShardAllocationStrategy {
    private final Cluster cluster;

    public SlotAllocationStrategy(ActorSystem system) {
        this.cluster = Cluster.get(system);
    }

    @Override
    public Future<ActorRef> allocateShard(
            ActorRef requester, String shardId, Map<ActorRef, IndexedSeq<String>> currentShardAllocations) {
        long wanted = Slot.nodeUidOf(shardId);
        for (ActorRef region : currentShardAllocations.keySet()) {
            if (uidOf(region) == wanted) {
                return Futures.successful(region);
            }
        }
        return Futures.failed(new IllegalStateException(
                "The node of the slot " + shardId + " is not in the cluster; the slot is not started elsewhere."));
    }

    @Override
    public Future<Set<String>> rebalance(
            Map<ActorRef, IndexedSeq<String>> currentShardAllocations, Set<String> rebalanceInProgress) {
        return Futures.successful(Set.of());
    }

    private long uidOf(ActorRef region) {
        Address address = region.path().address();
        if (address.hasLocalScope()) {
            return cluster.selfUniqueAddress().longUid();
        }
        for (Member member : cluster.state().getMembers()) {
            if (member.address().equals(address)) {
                return member.uniqueAddress().longUid();
            }
        }
        return 0;
    }
}
