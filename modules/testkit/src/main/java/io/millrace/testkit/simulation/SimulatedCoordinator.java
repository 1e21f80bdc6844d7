// SPDX-License-Identifier: Apache-2.0
package io.millrace.testkit.simulation;

import io.millrace.checkpoint.coordination.SubtaskId;
import io.millrace.runtime.definition.JobClasses;
import io.millrace.runtime.job.JobEffect;
import io.millrace.runtime.job.JobEffectRunner;
import io.millrace.runtime.job.JobEvent;
import io.millrace.runtime.job.JobMachine;
import io.millrace.runtime.job.JobMessage;
import io.millrace.runtime.job.JobRecord;
import io.millrace.runtime.job.JobStep;
import io.millrace.runtime.job.JobTimer;
import io.millrace.runtime.protocol.SubtaskCommand;
import io.millrace.runtime.protocol.SubtaskEvent;
import io.millrace.runtime.subtask.SnapshotServices;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The shell of the coordinator in the simulation, as {@link io.millrace.runtime.job.JobCoordinatorActor} is in a
 * cluster: journals what the real machine decides, keeps messages back meanwhile, then carries out the effects; begins
 * anew from the journal after a failed write. Confined to one simulation.
 */
final class SimulatedCoordinator implements JobEffectRunner.Services {
    /** What a subtask said. */
    record Told(SubtaskEvent event, SimulatedSubtask subtask) {}

    private enum State {
        STARTING,
        READY,
        PERSISTING,
        BACKING_OFF,
        ENDED
    }

    private static final long FIRST_BACK_OFF_NANOS = 200_000_000L;

    private final SimulatedWorld world;
    private final SimulatedNode node;
    private final int number;
    private final JobEffectRunner io;
    private final Deque<Object> stash = new ArrayDeque<>();
    private final Map<JobTimer, Integer> timers = new EnumMap<>(JobTimer.class);
    private final Map<SubtaskId, SimulatedSubtask> references = new LinkedHashMap<>();
    private State state = State.STARTING;
    private JobRecord record = JobRecord.EMPTY;
    private @Nullable JobMachine machine;
    private int life;

    SimulatedCoordinator(SimulatedWorld world, SimulatedNode node) {
        this.world = world;
        this.node = node;
        this.number = world.network().register();
        this.io = new JobEffectRunner(this, outcome -> tellSelf(outcome));
    }

    int number() {
        return number;
    }

    void start() {
        if (state == State.ENDED) {
            return;
        }
        state = State.STARTING;
        int starting = ++life;
        node.schedule(world.faults().journalDelayNanos(), () -> recovered(starting));
    }

    private void recovered(int starting) {
        if (life != starting || state != State.STARTING) {
            return;
        }
        record = world.journal().read();
        state = State.READY;
        if (record.spec() == null) {
            tellSelf(new JobMessage.Submit(world.spec()));
        } else {
            tellSelf(new JobMessage.Recovered());
        }
        unstash();
    }

    /** A user whose job was not accepted because the storage did not answer tries again. */
    private void onAnswer(String rejection) {
        if (rejection.contains(SimulatedStorage.FAILS)) {
            node.schedule(FIRST_BACK_OFF_NANOS, () -> tellSelf(new JobMessage.Submit(world.spec())));
        } else if (!rejection.isEmpty()) {
            world.invariants().violated("the job was rejected: " + rejection);
        }
    }

    /** The actor ends. */
    void end() {
        state = State.ENDED;
        life++;
        stash.clear();
    }

    boolean hasEnded() {
        return state == State.ENDED;
    }

    private void tellSelf(JobMessage message) {
        world.network().send(node, number, number, () -> receive(message));
    }

    void receive(Object message) {
        if (state == State.READY) {
            handle(message);
        } else if (state != State.ENDED) {
            stash.add(message);
        }
    }

    private void unstash() {
        while (state == State.READY && !stash.isEmpty()) {
            handle(stash.poll());
        }
    }

    private void handle(Object message) {
        if (message instanceof Told told) {
            if (told.event instanceof SubtaskEvent.Ready && told.event.epoch() == record.epoch()) {
                // An actor that was replaced may still have something to say of an older epoch.
                references.put(told.event.subtask(), told.subtask);
            }
            step(new JobMessage.FromSubtask(told.event));
        } else {
            if (message instanceof JobMessage.Submit && record.spec() == null) {
                machine = null;
            }
            step((JobMessage) message);
        }
    }

    private void step(JobMessage message) {
        if (machine == null) {
            machine = new JobMachine(world.scenario().jobSettings(), record);
        }
        JobStep step;
        try {
            step = machine.on(
                    message,
                    TimeUnit.NANOSECONDS.toMillis(world.loop().tick()),
                    world.clock().millis());
        } catch (RuntimeException e) {
            world.invariants().violated("the coordinator failed at " + message, e);
            return;
        }
        if (step.events().isEmpty()) {
            step.effects().forEach(this::carryOut);
        } else {
            persist(step);
        }
    }

    private void persist(JobStep step) {
        boolean early = world.isPlanted(PlantedBug.EFFECTS_BEFORE_JOURNAL);
        if (early) {
            step.effects().forEach(this::carryOut);
        }
        state = State.PERSISTING;
        int writing = life;
        world.journal().append(node, step.events(), outcome -> {
            if (life != writing) {
                return;
            }
            if (outcome == SimulatedJournal.Outcome.FAILED) {
                beginAnew();
                return;
            }
            for (JobEvent event : step.events()) {
                record = record.apply(event);
            }
            state = State.READY;
            if (!early) {
                step.effects().forEach(this::carryOut);
            }
            unstash();
        });
    }

    /** Whether the write landed is not known: the journal will tell. What waited is kept, or lost. */
    private void beginAnew() {
        state = State.BACKING_OFF;
        life++;
        machine = null;
        timers.clear();
        if (world.faults().coin()) {
            stash.clear();
        }
        node.schedule(FIRST_BACK_OFF_NANOS, this::start);
    }

    private void carryOut(JobEffect effect) {
        if (effect instanceof JobEffect.Send send) {
            send(send.command());
        } else if (effect instanceof JobEffect.SetTimer set) {
            setTimer(set);
        } else if (effect instanceof JobEffect.CancelTimer cancel) {
            timers.remove(cancel.timer());
        } else if (effect instanceof JobEffect.Replace replace) {
            send(new SubtaskCommand.Stop(replace.subtask(), replace.epoch()));
        } else if (effect instanceof JobEffect.AnswerSubmit answer) {
            onAnswer(answer.rejection());
        } else if (effect instanceof JobEffect.Log log) {
            world.loop().trace(log.message());
            world.say(log.message());
        } else if (!(effect instanceof JobEffect.Publish || effect instanceof JobEffect.AnswerCancel)) {
            io.run(effect);
        }
    }

    private void setTimer(JobEffect.SetTimer set) {
        int shot = timers.merge(set.timer(), world.nextNumber(), (before, next) -> next);
        int setting = life;
        node.schedule(TimeUnit.MILLISECONDS.toNanos(set.delayMs()), () -> {
            Integer current = timers.get(set.timer());
            if (life == setting && current != null && current == shot) {
                timers.remove(set.timer());
                receive(new JobMessage.TimerFired(set.timer()));
            }
        });
    }

    private void send(SubtaskCommand command) {
        long placedEpoch = machine == null ? 0 : machine.record().placedEpoch(command.subtask());
        String entity = command.subtask() + "|" + placedEpoch;
        Map<SubtaskId, SimulatedSubtask> peers =
                command instanceof SubtaskCommand.Connect ? Map.copyOf(references) : Map.of();
        SimulatedSubtask.Order order = new SimulatedSubtask.Order(command, this, peers);
        // Through the region: its order is that of a sender and an entity.
        Runnable arrival = () -> node.entity(entity).deliver(order);
        if (command instanceof SubtaskCommand.Stop) {
            // Never lost here: an actor that was replaced and does not hear of it stays until its coordinator ends.
            world.network().send(node, number, -world.numberOf(entity), arrival);
        } else {
            world.network().sendControl(node, number, -world.numberOf(entity), arrival);
        }
    }

    @Override
    public SnapshotServices snapshots() {
        return node.snapshots();
    }

    @Override
    public JobClasses jobClasses() {
        return SimulatedWorld::loaderOf;
    }

    @Override
    public Executor ioExecutor() {
        return node.ioExecutor();
    }
}
