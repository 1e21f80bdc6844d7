// SPDX-License-Identifier: Apache-2.0
package io.millrace.runtime.subtask;

import io.millrace.checkpoint.coordination.SubtaskId;
import io.millrace.runtime.channel.Wiring;
import io.millrace.runtime.placement.MailboxDepths;
import io.millrace.runtime.protocol.DataLane;
import io.millrace.runtime.protocol.DataMessage;
import io.millrace.runtime.protocol.ShellMessage;
import io.millrace.runtime.protocol.SubtaskCommand;
import io.millrace.runtime.protocol.SubtaskEvent;
import io.millrace.runtime.protocol.SubtaskMessage;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.Signal;
import org.apache.pekko.actor.typed.Terminated;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * The sharded entity that runs one subtask: turns messages into calls of a {@link SubtaskMachine}, and what the machine
 * wants into messages. Ends when its coordinator does: a coordinator that comes back places its subtasks anew.
 */
public final class SubtaskActor extends AbstractBehavior<SubtaskMessage> {
    private static final Logger LOG = LoggerFactory.getLogger(SubtaskActor.class);
    /** The key under which the logging context tells job, operators and index of the subtask at work. */
    private static final String TASK = "millrace.task";

    private enum Turn implements SubtaskMessage, DataLane {
        INSTANCE
    }

    private record Run(Runnable action) implements SubtaskMessage {}

    private final SubtaskMachine machine;
    private final Ports ports;

    private SubtaskActor(
            ActorContext<SubtaskMessage> context,
            SubtaskAssembly assembly,
            SubtaskSettings settings,
            Executor ioExecutor) {
        super(context);
        this.ports = new Ports(context, ioExecutor);
        this.machine = new SubtaskMachine(ports, assembly, settings);
    }

    /** The behavior of an entity that waits for its first deployment. */
    public static Behavior<SubtaskMessage> create(
            SubtaskAssembly assembly, SubtaskSettings settings, Executor ioExecutor) {
        return Behaviors.setup(context -> new SubtaskActor(context, assembly, settings, ioExecutor));
    }

    @Override
    public Receive<SubtaskMessage> createReceive() {
        return new Dispatch();
    }

    /** Plain dispatch: the builder's costs more than half of a batch's way. */
    private final class Dispatch extends Receive<SubtaskMessage> {
        @Override
        public Behavior<SubtaskMessage> receiveMessage(SubtaskMessage message) {
            // Specialised chains are hidden from stack traces: what user code logs tells its operators all the same.
            MDC.put(TASK, machine.description());
            try {
                return handle(message);
            } finally {
                MDC.remove(TASK);
            }
        }

        private Behavior<SubtaskMessage> handle(SubtaskMessage message) {
            if (message instanceof DataMessage data) {
                machine.onData(data);
            } else if (message instanceof Turn) {
                machine.runTurn();
            } else if (message instanceof Run run) {
                run.action.run();
            } else if (message instanceof ShellMessage.DeployFrom deploy) {
                if (deploy.deploy().epoch() >= machine.epoch()) {
                    // A late one of a coordinator that has ended would have the actor end with it.
                    ports.coordinatedBy(deploy.coordinator());
                }
                machine.onCommand(deploy.deploy());
            } else if (message instanceof ShellMessage.ConnectTo connect) {
                ports.peers = connect.peers();
                machine.onCommand(connect.connect());
            } else if (message instanceof SubtaskCommand command) {
                machine.onCommand(command);
            } else if (message instanceof ShellMessage.HandOff) {
                return Behaviors.stopped();
            } else {
                return Behaviors.unhandled();
            }
            return ports.stopped ? Behaviors.stopped() : Behaviors.same();
        }

        @Override
        public Behavior<SubtaskMessage> receiveSignal(Signal signal) {
            if (signal instanceof Terminated) {
                return Behaviors.stopped();
            }
            if (signal instanceof PostStop) {
                machine.close();
                return Behaviors.same();
            }
            return Behaviors.unhandled();
        }
    }

    /** The world of an actor. */
    private static final class Ports implements SubtaskPorts {
        private final ActorContext<SubtaskMessage> context;
        private final ActorRef<SubtaskMessage> self;
        private final Executor ioExecutor;
        private final org.apache.pekko.actor.typed.Scheduler scheduler;
        private final long incarnation = ThreadLocalRandom.current().nextLong();
        private Map<String, ActorRef<SubtaskMessage>> peers = Map.of();
        private @Nullable ActorRef<ShellMessage.Told> coordinator;
        private ActorRef<SubtaskMessage>[] senders = references(0);
        private ActorRef<SubtaskMessage>[] receivers = references(0);
        private boolean stopped;

        private Ports(ActorContext<SubtaskMessage> context, Executor ioExecutor) {
            this.context = context;
            this.self = context.getSelf();
            this.ioExecutor = ioExecutor;
            this.scheduler = context.getSystem().scheduler();
        }

        @SuppressWarnings({"unchecked", "rawtypes"})
        private static ActorRef<SubtaskMessage>[] references(int size) {
            return new ActorRef[size];
        }

        private void coordinatedBy(ActorRef<ShellMessage.Told> next) {
            if (next.equals(coordinator)) {
                return;
            }
            if (coordinator != null) {
                context.unwatch(coordinator);
            }
            coordinator = next;
            context.watch(next);
        }

        @Override
        public void connect(Wiring wiring) {
            senders = references(wiring.inboundCount());
            for (int i = 0; i < senders.length; i++) {
                senders[i] = peer(wiring.inbound(i).subtask());
            }
            receivers = references(wiring.outboundCount());
            for (int i = 0; i < receivers.length; i++) {
                receivers[i] = peer(wiring.outbound(i).subtask());
            }
        }

        private ActorRef<SubtaskMessage> peer(SubtaskId subtask) {
            ActorRef<SubtaskMessage> reference = peers.get(subtask.toString());
            if (reference == null) {
                throw new IllegalStateException("The coordinator gave no reference to the subtask " + subtask + ".");
            }
            return reference;
        }

        @Override
        public void sendDown(int outboundChannel, DataMessage.Element element) {
            receivers[outboundChannel].tell(element);
        }

        @Override
        public void sendUp(int inboundChannel, DataMessage message) {
            senders[inboundChannel].tell(message);
        }

        @Override
        public void toCoordinator(SubtaskEvent event) {
            if (coordinator != null) {
                coordinator.tell(new ShellMessage.Told(event, self));
            }
        }

        @Override
        public void requestTurn() {
            self.tell(Turn.INSTANCE);
        }

        @Override
        public void execute(Runnable action) {
            self.tell(new Run(action));
        }

        @Override
        public void delayed(Duration delay, Runnable action) {
            scheduler.scheduleOnce(delay, action, context.getSystem().executionContext());
        }

        @Override
        public Executor ioExecutor() {
            return ioExecutor;
        }

        @Override
        public Clock clock() {
            return Clock.systemUTC();
        }

        @Override
        public long nanoTime() {
            return System.nanoTime();
        }

        @Override
        public int maxMailboxDepth() {
            return MailboxDepths.get(org.apache.pekko.actor.typed.javadsl.Adapter.toClassic(context.getSystem()))
                    .maxDepth(self.path());
        }

        @Override
        public long incarnation() {
            return incarnation;
        }

        @Override
        public void stopped() {
            stopped = true;
        }

        @Override
        public void log(String message, Throwable cause) {
            LOG.warn(message, cause);
        }
    }
}
