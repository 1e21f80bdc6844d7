// SPDX-License-Identifier: Apache-2.0
package io.millrace.testkit.simulation;

import java.util.HashMap;
import java.util.Map;

/** Messages between actors of a node: in order between any two, in any order otherwise. Confined to one simulation. */
final class SimulatedNetwork {
    private final SimulatedWorld world;
    private final Map<Long, Long> lastArrivals = new HashMap<>();
    private int actors;

    SimulatedNetwork(SimulatedWorld world) {
        this.world = world;
    }

    /** A number for an actor. */
    int register() {
        return ++actors;
    }

    /** Between coordinator and subtasks: at most once through sharding, and now and then twice. */
    void sendControl(SimulatedNode node, int from, int to, Runnable arrival) {
        if (world.faults().controlIsLost()) {
            return;
        }
        send(node, from, to, arrival);
        if (world.faults().controlIsRepeated()) {
            send(node, from, to, arrival);
        }
    }

    void send(SimulatedNode node, int from, int to, Runnable arrival) {
        long pair = ((long) from << 32) | to;
        long now = world.loop().nowNanos();
        long arrivesNanos =
                Math.max(now + world.faults().messageDelayNanos(), lastArrivals.getOrDefault(pair, Long.MIN_VALUE) + 1);
        lastArrivals.put(pair, arrivesNanos);
        node.schedule(arrivesNanos - now, arrival);
    }
}
