// SPDX-License-Identifier: Apache-2.0
package io.millrace.server;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.cluster.Cluster;
import org.apache.pekko.cluster.MemberStatus;

/** Makes a node a member of its cluster. */
final class ClusterMembership {
    private static final long VIEW_LAG_NS = TimeUnit.MILLISECONDS.toNanos(1);

    private ClusterMembership() {}

    /** Joins the configured seed nodes, or the node itself where there are none, and waits until it is up. */
    static void await(ActorSystem<?> system, Duration timeout) throws NodeStartException {
        Cluster cluster = Cluster.get(system.classicSystem());
        boolean alone = system.settings()
                .config()
                .getStringList("pekko.cluster.seed-nodes")
                .isEmpty();
        CountDownLatch up = new CountDownLatch(1);
        cluster.registerOnMemberUp(up::countDown);
        if (alone) {
            cluster.join(cluster.selfAddress());
        }
        try {
            long deadlineNs = System.nanoTime() + timeout.toNanos();
            boolean member = up.await(timeout.toMillis(), TimeUnit.MILLISECONDS);
            // What everybody reads of the cluster follows the event, a moment later.
            while (member && !cluster.selfMember().status().equals(MemberStatus.up())) {
                LockSupport.parkNanos(VIEW_LAG_NS);
                member = System.nanoTime() < deadlineNs;
            }
            if (!member) {
                throw new NodeStartException("The node " + cluster.selfAddress() + " is not a member of the cluster "
                        + timeout.toMillis() + " ms after its start. " + advice(alone));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NodeStartException("The start of the node was interrupted.", e);
        }
    }

    private static String advice(boolean alone) {
        return alone
                ? "The machine may be overloaded: raise millrace.cluster.join-timeout."
                : "Are the nodes of millrace.cluster.seed-nodes running and reachable?";
    }
}
