// SPDX-License-Identifier: Apache-2.0
package io.millrace.runtime.subtask;

import io.millrace.checkpoint.coordination.SubtaskId;
import io.millrace.checkpoint.storage.CorruptSnapshotException;
import io.millrace.operators.OperatorSnapshot;
import io.millrace.operators.PullOperator;
import io.millrace.operators.source.EnumeratorOperator;
import io.millrace.runtime.chain.OperatorFailedException;
import io.millrace.runtime.loop.LogGivenUpException;
import io.millrace.runtime.protocol.DataMessage;
import io.millrace.runtime.protocol.MessageLimits;
import io.millrace.runtime.protocol.SubtaskCommand;
import io.millrace.runtime.protocol.SubtaskCounters;
import io.millrace.runtime.protocol.SubtaskEvent;
import io.millrace.runtime.protocol.SubtaskEvent.FailureKind;
import io.millrace.specialisation.SpecialisedClasses;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * The protocol of a subtask: epochs, deployment, checkpoints, commits. What it does with records is the business of a
 * {@link RunningSubtask}, one for each epoch.
 *
 * <pre>
 *            Deploy(e)             prepared            Connect(e)
 *   IDLE ───────────────▶ PREPARING ───────▶ READY ───────────────▶ RUNNING
 *     ▲                      │  ▲              │                       │
 *     └──────────────────────┘  └──────────────┴── Deploy(e+1) ────────┤
 *            failure, reported                      failure, reported ──▶ FAILED ── Deploy(e+1) ─▶ PREPARING
 * </pre>
 *
 * <p>Invariant: nothing of an older epoch has an effect once a newer one was entered. Messages of another epoch are
 * dropped; actions that come back from IO threads and timers carry the epoch they began in. Confined to one actor.
 */
public final class SubtaskMachine {
    private enum Phase {
        IDLE,
        PREPARING,
        READY,
        RUNNING,
        FAILED,
        STOPPED
    }

    private final SubtaskPorts ports;
    private final SubtaskAssembly assembly;
    private final SubtaskSettings settings;
    private Phase phase = Phase.IDLE;
    private long epoch;
    private @Nullable SubtaskId subtask;
    private String description = "";
    private @Nullable RunningSubtask running;
    private VertexClasses.@Nullable Lease classes;
    private boolean turnRequested;
    private boolean writingSnapshot;
    private long committing;
    private long triggered;

    /** Completes when everything is closed that earlier epochs opened: files, ports and locks are free again. */
    private CompletableFuture<Void> closed = CompletableFuture.completedFuture(null);

    public SubtaskMachine(SubtaskPorts ports, SubtaskAssembly assembly, SubtaskSettings settings) {
        this.ports = ports;
        this.assembly = assembly;
        this.settings = settings;
    }

    /** Takes a command of the coordinator. */
    public void onCommand(SubtaskCommand command) {
        if (phase == Phase.STOPPED) {
            return;
        }
        if (command instanceof SubtaskCommand.Deploy deploy) {
            onDeploy(deploy);
        } else if (command instanceof SubtaskCommand.Stop stop) {
            if (stop.epoch() >= epoch) {
                stop();
            }
        } else if (phase == Phase.IDLE) {
            // Meant for an actor that has ended; sharding began this one for the message alone.
            stop();
        } else if (command.epoch() == epoch) {
            guarded(() -> onCurrent(command));
        }
    }

    private void onCurrent(SubtaskCommand command) throws Exception {
        if (command instanceof SubtaskCommand.Connect) {
            connect();
        } else if (phase != Phase.RUNNING) {
            return;
        } else if (command instanceof SubtaskCommand.TriggerCheckpoint trigger) {
            onTrigger(trigger.checkpointId());
        } else if (command instanceof SubtaskCommand.CheckpointCompleted completed) {
            committing = Math.max(committing, completed.checkpointId());
            task().chain().checkpointCompleted(completed.checkpointId());
            reportCommitted();
        } else if (command instanceof SubtaskCommand.AlignWatermark align) {
            ((PullOperator) task().chain().head()).alignTo(align.lowestWatermark());
            requestTurn();
        }
    }

    /** A trigger that is repeated must not take the same checkpoint again, in another state. */
    private void onTrigger(long checkpointId) throws Exception {
        if (checkpointId > triggered) {
            triggered = checkpointId;
            takeCheckpoint(checkpointId);
            requestTurn();
        }
    }

    // --- deployment

    private void onDeploy(SubtaskCommand.Deploy deploy) {
        if (deploy.epoch() < epoch) {
            return;
        }
        if (deploy.epoch() == epoch) {
            // Repeated because the answer is not there yet: give it again if there is one.
            if (phase == Phase.READY || phase == Phase.RUNNING) {
                ports.toCoordinator(new SubtaskEvent.Ready(deploy.subtask(), epoch, ports.incarnation()));
            }
            return;
        }
        leaveEpoch();
        epoch = deploy.epoch();
        subtask = deploy.subtask();
        phase = Phase.PREPARING;
        long entered = epoch;
        if (classes == null) {
            classes = assembly.leaseClasses(deploy);
        }
        SpecialisedClasses specialised = classes.classes();
        closed.whenCompleteAsync((done, failure) -> prepare(deploy, entered, specialised), ports.ioExecutor());
    }

    /** On an IO thread: whatever comes of it goes back to the subtask. */
    private void prepare(SubtaskCommand.Deploy deploy, long entered, SpecialisedClasses specialised) {
        RunningSubtask prepared;
        try {
            prepared = assembly.assemble(deploy, ports, this, settings, specialised);
        } catch (Throwable e) {
            ports.execute(() -> {
                if (epoch == entered && phase == Phase.PREPARING) {
                    fail(kindOf(e), e);
                }
            });
            return;
        }
        ports.execute(() -> {
            if (epoch != entered || phase != Phase.PREPARING) {
                dispose(prepared);
                return;
            }
            running = prepared;
            description = deploy.job().jobName() + ": " + prepared.name() + " #"
                    + deploy.subtask().index();
            phase = Phase.READY;
            ports.toCoordinator(new SubtaskEvent.Ready(deploy.subtask(), epoch, ports.incarnation()));
        });
    }

    private void connect() throws Exception {
        if (phase != Phase.READY) {
            return;
        }
        phase = Phase.RUNNING;
        RunningSubtask task = task();
        ports.connect(task.wiring());
        task.start();
        scheduleReport();
        requestTurn();
    }

    private void leaveEpoch() {
        RunningSubtask old = running;
        running = null;
        writingSnapshot = false;
        committing = 0;
        triggered = 0;
        if (old != null) {
            dispose(old);
        }
    }

    private void dispose(RunningSubtask old) {
        old.abandon();
        Runnable close = () -> {
            Exception failure = old.chain().close();
            if (failure != null) {
                ports.log("Closing an operator of " + subtask + " failed; the job goes on without it.", failure);
            }
        };
        closed = CompletableFuture.allOf(closed, CompletableFuture.runAsync(close, ports.ioExecutor()));
    }

    /** The actor ends: let go of everything. */
    public void close() {
        leaveEpoch();
        phase = Phase.STOPPED;
        if (classes != null) {
            classes.close();
        }
    }

    private void stop() {
        close();
        ports.stopped();
    }

    // --- data

    /** Takes what another subtask sent. */
    public void onData(DataMessage message) {
        if (message.epoch() != epoch || running == null) {
            return;
        }
        guarded(() -> {
            RunningSubtask task = task();
            if (message instanceof DataMessage.Element element) {
                task.onElement(element);
                requestTurn();
            } else if (message instanceof DataMessage.CreditGrant grant) {
                task.onCredit(grant);
                if (phase == Phase.RUNNING) {
                    requestTurn();
                }
            } else if (message instanceof DataMessage.SplitRequest request) {
                // A reader may be connected before its enumerator is, which then keeps the request for its start.
                ((EnumeratorOperator) task.chain().head()).handleSplitRequest(request.subtaskIndex());
                requestTurn();
            }
        });
    }

    /** Works for a while: the shell calls it when the machine asked for a turn. */
    public void runTurn() {
        turnRequested = false;
        if (phase != Phase.RUNNING) {
            return;
        }
        guarded(() -> {
            if (task().runTurn()) {
                requestTurn();
            }
        });
    }

    /** Asks for a turn, unless one is on its way. */
    void requestTurn() {
        if (!turnRequested) {
            turnRequested = true;
            ports.requestTurn();
        }
    }

    // --- checkpoints

    /** All barriers are there, or the coordinator triggered a root: forward the barrier, and write the snapshot. */
    void takeCheckpoint(long checkpointId) throws Exception {
        RunningSubtask task = task();
        if (writingSnapshot) {
            task.forwardBarrier(checkpointId);
            ports.toCoordinator(new SubtaskEvent.Declined(
                    id(), epoch, checkpointId, "the snapshot of the checkpoint before is still being written"));
            return;
        }
        List<OperatorSnapshot> snapshots = task.chain().snapshot(checkpointId);
        SnapshotWriter.Progress progress = new SnapshotWriter.Progress(task.watermarks(), task.channelStatuses());
        task.forwardBarrier(checkpointId);
        writingSnapshot = true;
        long began = epoch;
        task.snapshotWriter()
                .write(checkpointId, snapshots, progress)
                .whenComplete((manifest, error) -> ports.execute(() -> {
                    if (epoch != began || running != task) {
                        return;
                    }
                    writingSnapshot = false;
                    if (error == null) {
                        ports.toCoordinator(new SubtaskEvent.Acknowledged(id(), epoch, checkpointId, manifest));
                    } else {
                        Throwable cause = unwrap(error);
                        if (!(cause instanceof LogGivenUpException)) {
                            ports.log(
                                    "The snapshot of " + subtask + " for checkpoint " + checkpointId + " failed.",
                                    cause);
                        }
                        ports.toCoordinator(new SubtaskEvent.Declined(
                                id(), epoch, checkpointId, MessageLimits.cut(OperatorFailedException.describe(cause))));
                    }
                }));
    }

    /** Tells the coordinator once the operators have committed what it asked for last. */
    void reportCommitted() {
        if (committing > 0 && task().chain().committed(committing)) {
            ports.toCoordinator(new SubtaskEvent.Committed(id(), epoch, committing));
            committing = 0;
        }
    }

    void reportInputEnded() {
        ports.toCoordinator(new SubtaskEvent.InputEnded(id(), epoch));
        report();
    }

    // --- reports

    private void scheduleReport() {
        long began = epoch;
        ports.delayed(
                settings.reportInterval(),
                () -> ports.execute(() -> {
                    if (epoch == began && (phase == Phase.RUNNING)) {
                        report();
                        scheduleReport();
                    }
                }));
    }

    private void report() {
        SubtaskCounters counters = task().counters(ports.maxMailboxDepth());
        ports.toCoordinator(new SubtaskEvent.Report(id(), epoch, phase == Phase.RUNNING, counters));
        if (task().hasEnded()) {
            // The coordinator may have missed it: say it again.
            ports.toCoordinator(new SubtaskEvent.InputEnded(id(), epoch));
        }
    }

    // --- failures

    /** Something that may fail: its failure is the subtask's. */
    @FunctionalInterface
    interface Step {
        void run() throws Exception;
    }

    /** Runs a step on the subtask, if {@code began} is still its epoch. */
    void inEpoch(long began, Step step) {
        ports.execute(() -> {
            if (epoch == began && phase == Phase.RUNNING) {
                guarded(() -> {
                    step.run();
                    reportCommitted();
                    requestTurn();
                });
            }
        });
    }

    private void guarded(Step step) {
        try {
            step.run();
        } catch (Throwable e) {
            OperatorFailedException.throwIfFatal(e);
            fail(kindOf(e), e);
        }
    }

    private void fail(FailureKind kind, Throwable cause) {
        Throwable root = unwrap(cause);
        ports.log("The subtask " + subtask + " failed in epoch " + epoch + ".", root);
        leaveEpoch();
        phase = Phase.FAILED;
        String reason = root instanceof OperatorFailedException && root.getMessage() != null
                ? root.getMessage()
                : OperatorFailedException.describe(root);
        sayFailed(new SubtaskEvent.Failed(id(), epoch, kind, MessageLimits.cut(reason)));
    }

    /** Says it until the coordinator has done something about it: nothing else would tell if it were missed. */
    private void sayFailed(SubtaskEvent.Failed failed) {
        ports.toCoordinator(failed);
        ports.delayed(
                settings.reportInterval(),
                () -> ports.execute(() -> {
                    if (epoch == failed.epoch() && phase == Phase.FAILED) {
                        sayFailed(failed);
                    }
                }));
    }

    private static FailureKind kindOf(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof CorruptSnapshotException) {
                return FailureKind.CORRUPT_SNAPSHOT;
            }
            if (cause instanceof IncompatibleDeploymentException) {
                return FailureKind.FATAL;
            }
        }
        return FailureKind.RECOVERABLE;
    }

    private static Throwable unwrap(Throwable error) {
        return error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
    }

    long epoch() {
        return epoch;
    }

    /** Job, operators and index, for log lines; empty before the first deployment is ready. */
    String description() {
        return description;
    }

    private SubtaskId id() {
        if (subtask == null) {
            throw new IllegalStateException("Not deployed yet.");
        }
        return subtask;
    }

    private RunningSubtask task() {
        if (running == null) {
            throw new IllegalStateException("The subtask " + subtask + " is in no epoch.");
        }
        return running;
    }
}
