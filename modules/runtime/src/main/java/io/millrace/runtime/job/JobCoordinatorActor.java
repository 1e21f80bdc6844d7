// SPDX-License-Identifier: Apache-2.0
package io.millrace.runtime.job;

import io.millrace.checkpoint.coordination.SubtaskId;
import io.millrace.runtime.placement.Placement;
import io.millrace.runtime.placement.SubtaskEnvelope;
import io.millrace.runtime.protocol.ShellMessage;
import io.millrace.runtime.protocol.SubtaskCommand;
import io.millrace.runtime.protocol.SubtaskEvent;
import io.millrace.runtime.protocol.SubtaskMessage;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.apache.pekko.persistence.typed.PersistenceId;
import org.apache.pekko.persistence.typed.RecoveryCompleted;
import org.apache.pekko.persistence.typed.javadsl.CommandHandler;
import org.apache.pekko.persistence.typed.javadsl.Effect;
import org.apache.pekko.persistence.typed.javadsl.EventHandler;
import org.apache.pekko.persistence.typed.javadsl.EventSourcedBehavior;
import org.apache.pekko.persistence.typed.javadsl.RetentionCriteria;
import org.apache.pekko.persistence.typed.javadsl.SignalHandler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The event-sourced, sharded entity of one job: journals what its {@link JobMachine} decides, then carries out the
 * effects. When the journal fails the actor stops and begins anew from what the journal holds, with a back-off: a write
 * whose outcome is unknown is never repeated.
 */
public final class JobCoordinatorActor extends EventSourcedBehavior<CoordinatorMessage, JobEvent, JobRecord> {
    private static final Logger LOG = LoggerFactory.getLogger(JobCoordinatorActor.class);
    private static final String ENTITY = "millrace-job";
    private static final int SNAPSHOT_EVERY = 100;
    private static final int SNAPSHOTS_KEPT = 2;
    private static final Duration FIRST_BACK_OFF = Duration.ofMillis(200);
    private static final Duration LONGEST_BACK_OFF = Duration.ofSeconds(10);

    private final ActorContext<CoordinatorMessage> context;
    private final TimerScheduler<CoordinatorMessage> timers;
    private final CoordinatorServices services;
    private final String jobId;
    private final JobEffectRunner io;
    private final Map<String, ActorRef<SubtaskMessage>> references = new HashMap<>();
    private final Set<ActorRef<CoordinatorMessage.ProgressAnswer>> watchers = new HashSet<>();
    /** The latest first: at most one waits, the first; whoever comes meanwhile is answered at once. */
    private final Deque<ActorRef<CoordinatorMessage.SubmitAnswer>> submitters = new ArrayDeque<>();

    private final Deque<ActorRef<CoordinatorMessage.CancelAnswer>> cancelers = new ArrayDeque<>();
    private final ActorRef<ShellMessage.Told> adapter;
    private @Nullable JobMachine machine;
    private @Nullable Placement placement;

    private JobCoordinatorActor(
            ActorContext<CoordinatorMessage> context,
            TimerScheduler<CoordinatorMessage> timers,
            CoordinatorServices services,
            String jobId) {
        super(
                PersistenceId.of(ENTITY, jobId),
                SupervisorStrategy.restartWithBackoff(FIRST_BACK_OFF, LONGEST_BACK_OFF, 0.2));
        this.context = context;
        this.timers = timers;
        this.services = services;
        this.jobId = jobId;
        this.adapter = context.messageAdapter(ShellMessage.Told.class, CoordinatorMessage.FromSubtask::new);
        this.io =
                new JobEffectRunner(services, message -> context.getSelf().tell(new CoordinatorMessage.Heard(message)));
    }

    /** The behavior of a job's coordinator. */
    public static Behavior<CoordinatorMessage> create(CoordinatorServices services, String jobId) {
        return Behaviors.setup(
                context -> Behaviors.withTimers(timers -> new JobCoordinatorActor(context, timers, services, jobId)));
    }

    @Override
    public JobRecord emptyState() {
        return JobRecord.EMPTY;
    }

    @Override
    public EventHandler<JobRecord, JobEvent> eventHandler() {
        return JobRecord::apply;
    }

    @Override
    public RetentionCriteria retentionCriteria() {
        return RetentionCriteria.snapshotEvery(SNAPSHOT_EVERY, SNAPSHOTS_KEPT).withDeleteEventsOnSnapshot();
    }

    @Override
    public SignalHandler<JobRecord> signalHandler() {
        return newSignalHandlerBuilder()
                .onSignal(RecoveryCompleted.class, (state, signal) -> {
                    // After a failed write this object lives on; what its machine believes may not be in the journal.
                    machine = null;
                    cancelers.clear();
                    answerSubmitters();
                    if (state.spec() != null) {
                        context.getSelf().tell(new CoordinatorMessage.Heard(new JobMessage.Recovered()));
                    }
                })
                .build();
    }

    @Override
    public CommandHandler<CoordinatorMessage, JobEvent, JobRecord> commandHandler() {
        return newCommandHandlerBuilder().forAnyState().onAnyCommand(this::onMessage);
    }

    private Effect<JobEvent, JobRecord> onMessage(JobRecord state, CoordinatorMessage message) {
        if (message instanceof CoordinatorMessage.FromSubtask from) {
            SubtaskEvent event = from.told().event();
            if (event instanceof SubtaskEvent.Ready && event.epoch() == state.epoch()) {
                // An actor that was replaced may still have something to say: it is not to be sent to any more.
                refer(event.subtask(), from.told().subtask());
            }
            return step(state, new JobMessage.FromSubtask(event));
        }
        if (message instanceof CoordinatorMessage.SubtaskGone gone) {
            return onGone(state, gone);
        }
        if (message instanceof CoordinatorMessage.Heard heard) {
            return step(state, heard.message());
        }
        if (message instanceof CoordinatorMessage.Submit submit) {
            submitters.push(submit.replyTo());
            boolean hasEnded = state.spec() == null || state.endStatus() != null;
            if (hasEnded && (machine == null || machine.isIdle())) {
                machine = new JobMachine(services.settingsOf(submit.spec()), state);
                references.clear();
            }
            return step(state, new JobMessage.Submit(submit.spec()));
        }
        if (message instanceof CoordinatorMessage.Cancel cancel) {
            cancelers.add(cancel.replyTo());
            return step(state, new JobMessage.Cancel());
        }
        if (message instanceof CoordinatorMessage.GetProgress get) {
            get.replyTo()
                    .tell(new CoordinatorMessage.ProgressAnswer(machine(state).progress()));
        } else if (message instanceof CoordinatorMessage.Watch watch) {
            watch(state, watch.watcher());
        } else if (message instanceof CoordinatorMessage.WatcherGone gone) {
            watchers.remove(gone.watcher());
        } else if (message instanceof CoordinatorMessage.Tick) {
            publish(state);
        } else if (message instanceof CoordinatorMessage.HandOff) {
            return Effect().stop();
        }
        return Effect().none();
    }

    /** The actor that data for the subtask goes to, from now on. */
    private void refer(SubtaskId subtask, ActorRef<SubtaskMessage> reference) {
        if (!reference.equals(references.put(subtask.toString(), reference))) {
            context.watchWith(reference, new CoordinatorMessage.SubtaskGone(subtask, reference));
        }
    }

    /** An actor has ended, or its node has: it can no longer say itself that it failed. */
    private Effect<JobEvent, JobRecord> onGone(JobRecord state, CoordinatorMessage.SubtaskGone gone) {
        String subtask = gone.subtask().toString();
        if (!references.remove(subtask, gone.reference()) || state.endStatus() != null) {
            return Effect().none();
        }
        String reason = "The actor of the subtask " + subtask + " has ended.";
        return step(
                state,
                new JobMessage.FromSubtask(new SubtaskEvent.Failed(
                        gone.subtask(), state.epoch(), SubtaskEvent.FailureKind.RECOVERABLE, reason)));
    }

    private Effect<JobEvent, JobRecord> step(JobRecord state, JobMessage message) {
        JobStep step = machine(state)
                .on(message, System.nanoTime() / 1_000_000, services.clock().millis());
        if (step.events().isEmpty()) {
            step.effects().forEach(this::carryOut);
            return Effect().none();
        }
        return Effect().persist(step.events()).thenRun(() -> step.effects().forEach(this::carryOut));
    }

    /** Who waits when the journal fails cannot be told whether it took the job; asking again is safe. */
    private void answerSubmitters() {
        while (!submitters.isEmpty()) {
            submitters
                    .pop()
                    .tell(new CoordinatorMessage.SubmitAnswer(
                            "The journal failed while the job was submitted; see the node's log. Submit it again.",
                            false));
        }
    }

    private JobMachine machine(JobRecord state) {
        if (machine == null) {
            machine = new JobMachine(services.settingsOf(state.spec()), state);
        }
        return machine;
    }

    private void carryOut(JobEffect effect) {
        if (effect instanceof JobEffect.Send send) {
            send(send.command());
        } else if (effect instanceof JobEffect.SetTimer set) {
            timers.startSingleTimer(
                    set.timer(),
                    new CoordinatorMessage.Heard(new JobMessage.TimerFired(set.timer())),
                    Duration.ofMillis(set.delayMs()));
        } else if (effect instanceof JobEffect.CancelTimer cancel) {
            timers.cancel(cancel.timer());
        } else if (effect instanceof JobEffect.Replace replace) {
            references.remove(replace.subtask().toString());
            send(new SubtaskCommand.Stop(replace.subtask(), replace.epoch()));
        } else if (effect instanceof JobEffect.AnswerSubmit answer) {
            submitters.pop().tell(new CoordinatorMessage.SubmitAnswer(answer.rejection(), answer.resumed()));
        } else if (effect instanceof JobEffect.AnswerCancel answer) {
            cancelers.remove().tell(new CoordinatorMessage.CancelAnswer(answer.status()));
        } else if (effect instanceof JobEffect.Publish publish) {
            CoordinatorMessage.ProgressAnswer answer = new CoordinatorMessage.ProgressAnswer(publish.progress());
            watchers.forEach(watcher -> watcher.tell(answer));
        } else if (effect instanceof JobEffect.Log log) {
            log(log);
        } else {
            io.run(effect);
        }
    }

    private void log(JobEffect.Log log) {
        if (log.warning()) {
            LOG.warn("Job {}: {}", jobId, log.message());
        } else {
            LOG.info("Job {}: {}", jobId, log.message());
        }
    }

    private void send(SubtaskCommand command) {
        SubtaskMessage message = command;
        if (command instanceof SubtaskCommand.Deploy deploy) {
            message = new ShellMessage.DeployFrom(deploy, adapter);
        } else if (command instanceof SubtaskCommand.Connect connect) {
            message = new ShellMessage.ConnectTo(connect, Map.copyOf(references));
        }
        long placedEpoch = machine == null ? 0 : machine.record().placedEpoch(command.subtask());
        JobTopology topology = Objects.requireNonNull(
                machine == null ? null : machine.defined(), "a command before the job was defined");
        SubtaskEnvelope envelope = placement(topology).address(command.subtask(), placedEpoch, message);
        boolean blocking =
                topology.blockingVertices().contains(command.subtask().vertexId());
        services.region(blocking).tell(envelope);
    }

    private Placement placement(JobTopology topology) {
        if (placement == null) {
            placement = new Placement(jobId, services.slots(), topology.firstSlots());
        }
        return placement;
    }

    private void watch(JobRecord state, ActorRef<CoordinatorMessage.ProgressAnswer> watcher) {
        if (watchers.add(watcher)) {
            context.watchWith(watcher, new CoordinatorMessage.WatcherGone(watcher));
            timers.startTimerWithFixedDelay(
                    CoordinatorMessage.Tick.INSTANCE, CoordinatorMessage.Tick.INSTANCE, services.progressInterval());
        }
        watcher.tell(new CoordinatorMessage.ProgressAnswer(machine(state).progress()));
    }

    private void publish(JobRecord state) {
        CoordinatorMessage.ProgressAnswer answer =
                new CoordinatorMessage.ProgressAnswer(machine(state).progress());
        watchers.forEach(watcher -> watcher.tell(answer));
    }
}
