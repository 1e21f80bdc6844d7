// SPDX-License-Identifier: Apache-2.0
package io.millrace.testkit.simulation;

import io.millrace.api.time.Timestamps;
import io.millrace.checkpoint.coordination.SubtaskId;
import io.millrace.checkpoint.storage.CorruptSnapshotException;
import io.millrace.runtime.channel.Wiring;
import io.millrace.runtime.protocol.DataMessage;
import io.millrace.runtime.protocol.RecordBatch;
import io.millrace.runtime.protocol.SubtaskCommand;
import io.millrace.runtime.protocol.SubtaskEvent;
import io.millrace.runtime.subtask.SubtaskMachine;
import io.millrace.runtime.subtask.SubtaskPorts;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The shell of a subtask in the simulation, as {@link io.millrace.runtime.subtask.SubtaskActor} is in a cluster: a
 * mailbox with two lanes in front of the real machine. Confined to one simulation.
 */
final class SimulatedSubtask implements SubtaskPorts {
    /** A command, with the coordinator to answer to and, to connect, everybody's actors. */
    record Order(SubtaskCommand command, SimulatedCoordinator coordinator, Map<SubtaskId, SimulatedSubtask> peers) {}

    private final SimulatedWorld world;
    private final SimulatedNode node;
    private final int number;
    private final SubtaskMachine machine;
    private final Deque<Object> control = new ArrayDeque<>();
    private final Deque<Object> data = new ArrayDeque<>();
    private Map<SubtaskId, SimulatedSubtask> peers = Map.of();
    private @Nullable SimulatedCoordinator coordinator;
    private @Nullable Wiring wiring;
    private @Nullable SubtaskId subtask;
    private List<SimulatedSubtask> senders = List.of();
    private List<SimulatedSubtask> receivers = List.of();
    private long epoch;
    private boolean scheduled;
    private boolean ended;

    private enum Turn {
        INSTANCE
    }

    SimulatedSubtask(SimulatedWorld world, SimulatedNode node) {
        this.world = world;
        this.node = node;
        this.number = world.network().register();
        this.machine =
                new SubtaskMachine(this, node.assembly(), world.scenario().subtaskSettings());
    }

    int number() {
        return number;
    }

    boolean hasEnded() {
        return ended;
    }

    void deliver(Object message) {
        if (ended) {
            return;
        }
        if (message instanceof DataMessage.Element element) {
            add(element);
            checkBound(element);
        } else if (message instanceof Turn) {
            data.add(message);
        } else {
            control.add(message);
        }
        schedule();
    }

    private void add(DataMessage.Element element) {
        if (!(world.workload() instanceof Tampering tampering) || subtask == null || wiring == null) {
            data.add(element);
            return;
        }
        List<DataMessage.Element> waiting = new ArrayList<>();
        for (Object message : data) {
            if (message instanceof DataMessage.Element other
                    && other.channel() == element.channel()
                    && other.epoch() == element.epoch()) {
                waiting.add(other);
            }
        }
        List<DataMessage.Element> instead = tampering.onArrival(subtask, wiring, waiting, element);
        data.removeAll(waiting);
        data.addAll(instead);
    }

    private void checkBound(DataMessage.Element element) {
        if (element.epoch() != epoch || wiring == null) {
            return;
        }
        long waiting = data.stream()
                .filter(message -> message instanceof DataMessage.Element other && other.epoch() == epoch)
                .count();
        int bound = wiring.inboundCount() * world.scenario().tuning().credits();
        if (waiting > bound) {
            world.invariants()
                    .violated("a mailbox holds " + waiting + " elements, more than the " + bound
                            + " that the credits of its channels allow");
        }
    }

    private void schedule() {
        if (!scheduled) {
            scheduled = true;
            node.schedule(world.random().between(100L, 20_000L), this::handleNext);
        }
    }

    private void handleNext() {
        scheduled = false;
        Object message = control.isEmpty() ? data.poll() : control.poll();
        if (message == null || ended) {
            return;
        }
        if (message instanceof Order order) {
            onOrder(order);
        } else if (message instanceof DataMessage sent) {
            machine.onData(world.isPlanted(PlantedBug.EPOCH_NOT_CHECKED) ? passedOff(sent) : sent);
        } else if (message instanceof Turn) {
            machine.runTurn();
        } else {
            ((Runnable) message).run();
        }
        if (!control.isEmpty() || !data.isEmpty()) {
            schedule();
        }
    }

    private void onOrder(Order order) {
        if (order.command instanceof SubtaskCommand.Deploy deploy) {
            coordinator = order.coordinator;
            if (order.coordinator.hasEnded()) {
                onTerminated(order.coordinator);
                return;
            }
            epoch = Math.max(epoch, deploy.epoch());
            subtask = deploy.subtask();
            boolean aligned = deploy.exactlyOnce() && !world.isPlanted(PlantedBug.NOT_ALIGNED);
            machine.onCommand(new SubtaskCommand.Deploy(
                    deploy.subtask(),
                    deploy.epoch(),
                    deploy.job(),
                    deploy.onceValues(),
                    deploy.fingerprint(),
                    deploy.restore(),
                    aligned));
            return;
        }
        if (order.command instanceof SubtaskCommand.Connect) {
            peers = order.peers;
        }
        machine.onCommand(order.command);
    }

    private DataMessage passedOff(DataMessage message) {
        if (message instanceof DataMessage.Element element) {
            return new DataMessage.Element(element.channel(), epoch, element.sequence(), element.element());
        }
        if (message instanceof DataMessage.CreditGrant grant) {
            return new DataMessage.CreditGrant(grant.channel(), epoch, grant.elements());
        }
        return new DataMessage.SplitRequest(epoch, ((DataMessage.SplitRequest) message).subtaskIndex());
    }

    /** Death watch. */
    void onTerminated(SimulatedCoordinator terminated) {
        if (terminated == coordinator && !ended) {
            ended = true;
            machine.close();
        }
    }

    @Override
    public void connect(Wiring newWiring) {
        wiring = newWiring;
        senders = IntStream.range(0, newWiring.inboundCount())
                .mapToObj(channel -> peer(newWiring.inbound(channel).subtask()))
                .toList();
        receivers = IntStream.range(0, newWiring.outboundCount())
                .mapToObj(channel -> peer(newWiring.outbound(channel).subtask()))
                .toList();
    }

    private SimulatedSubtask peer(SubtaskId subtask) {
        SimulatedSubtask peer = peers.get(subtask);
        if (peer == null) {
            throw new IllegalStateException("The coordinator gave no reference to the subtask " + subtask + ".");
        }
        return peer;
    }

    @Override
    public void sendDown(int outboundChannel, DataMessage.Element element) {
        if (element.element() instanceof RecordBatch batch && batch.isIdle()) {
            world.count("idle");
            batch.setIdle(!world.isPlanted(PlantedBug.IDLENESS_NOT_TOLD));
        }
        send(receivers.get(outboundChannel), element);
    }

    @Override
    public void sendUp(int inboundChannel, DataMessage message) {
        send(senders.get(inboundChannel), message);
    }

    private void send(SimulatedSubtask peer, DataMessage message) {
        world.network().send(node, number, peer.number, () -> peer.deliver(message));
    }

    @Override
    public void toCoordinator(SubtaskEvent event) {
        SimulatedCoordinator receiver = coordinator;
        boolean held = world.isPlanted(PlantedBug.GROUP_HELD_FOR_EVER)
                && event instanceof SubtaskEvent.SourceWatermark source
                && source.watermark() == Timestamps.END;
        if (receiver != null && !held) {
            world.network()
                    .sendControl(
                            node,
                            number,
                            receiver.number(),
                            () -> receiver.receive(new SimulatedCoordinator.Told(event, this)));
        }
    }

    @Override
    public void requestTurn() {
        deliver(Turn.INSTANCE);
    }

    @Override
    public void execute(Runnable action) {
        deliver(action);
    }

    @Override
    public void delayed(Duration delay, Runnable action) {
        node.schedule(delay.toNanos(), action);
    }

    @Override
    public Executor ioExecutor() {
        return node.ioExecutor();
    }

    @Override
    public Clock clock() {
        return world.clock();
    }

    @Override
    public long nanoTime() {
        return world.loop().tick();
    }

    @Override
    public int maxMailboxDepth() {
        return 0;
    }

    @Override
    public long incarnation() {
        return number;
    }

    @Override
    public void stopped() {
        ended = true;
    }

    @Override
    public void log(String message, Throwable cause) {
        world.loop().trace(message);
        boolean expected = SimulatedFault.causedIt(cause)
                || (cause instanceof CorruptSnapshotException && world.storage().hasDamage());
        if (!expected) {
            world.invariants().violated("nothing should have failed, but: " + message, cause);
        }
    }
}
