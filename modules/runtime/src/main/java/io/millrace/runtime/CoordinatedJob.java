// SPDX-License-Identifier: Apache-2.0
package io.millrace.runtime;

import io.millrace.runtime.job.CoordinatorMessage;
import io.millrace.runtime.protocol.JobSpec;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityRef;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A handle that speaks to the job's coordinator. Thread-safe. */
final class CoordinatedJob implements JobHandle {
    private static final Logger LOG = LoggerFactory.getLogger(CoordinatedJob.class);
    private static final Duration ASK_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration SUBMIT_TIMEOUT = Duration.ofSeconds(60);
    private static final Duration WATCH_AGAIN = Duration.ofSeconds(2);
    private static final AtomicLong WATCHERS = new AtomicLong();

    private final ActorSystem<?> system;
    private final EntityRef<CoordinatorMessage> coordinator;
    private final String id;
    private final boolean resumed;
    private final List<Consumer<JobProgress>> listeners = new CopyOnWriteArrayList<>();
    private final CompletableFuture<JobProgress> result = new CompletableFuture<>();

    private CoordinatedJob(
            ActorSystem<?> system, EntityRef<CoordinatorMessage> coordinator, String id, boolean resumed) {
        this.system = system;
        this.coordinator = coordinator;
        this.id = id;
        this.resumed = resumed;
        system.systemActorOf(watcher(), "millrace-watcher-" + WATCHERS.incrementAndGet(), Props.empty());
    }

    static JobHandle submit(ActorSystem<?> system, EntityRef<CoordinatorMessage> coordinator, JobSpec spec) {
        CompletionStage<CoordinatorMessage.SubmitAnswer> asked = AskPattern.ask(
                coordinator,
                (ActorRef<CoordinatorMessage.SubmitAnswer> replyTo) -> new CoordinatorMessage.Submit(spec, replyTo),
                SUBMIT_TIMEOUT,
                system.scheduler());
        CoordinatorMessage.SubmitAnswer answer;
        try {
            answer = asked.toCompletableFuture().join();
        } catch (CompletionException e) {
            String why = e.getCause() instanceof TimeoutException
                    ? "the coordinator did not answer within " + SUBMIT_TIMEOUT.toSeconds() + " s; see the node's log"
                    : String.valueOf(e.getCause());
            throw new JobRejectedException("The job '" + spec.jobName() + "' was not accepted: " + why + ".", e);
        }
        if (!answer.rejection().isEmpty()) {
            throw new JobRejectedException(answer.rejection());
        }
        return new CoordinatedJob(system, coordinator, spec.jobId(), answer.resumed());
    }

    /** Lives as long as the job runs; a coordinator that began anew hears of it by the next repetition. */
    private Behavior<CoordinatorMessage.ProgressAnswer> watcher() {
        return Behaviors.setup(context -> {
            ActorRef<CoordinatorMessage.ProgressAnswer> self = context.getSelf();
            coordinator.tell(new CoordinatorMessage.Watch(self));
            var again = system.scheduler()
                    .scheduleAtFixedRate(
                            WATCH_AGAIN,
                            WATCH_AGAIN,
                            () -> coordinator.tell(new CoordinatorMessage.Watch(self)),
                            system.executionContext());
            return Behaviors.receiveMessage(answer -> {
                JobProgress progress = answer.progress();
                listeners.forEach(listener -> tell(listener, progress));
                if (!progress.status().isTerminal()) {
                    return Behaviors.same();
                }
                again.cancel();
                result.complete(progress);
                return Behaviors.stopped();
            });
        });
    }

    private static void tell(Consumer<JobProgress> listener, JobProgress progress) {
        try {
            listener.accept(progress);
        } catch (RuntimeException e) {
            LOG.warn("A listener to a job's progress failed; it is told again next time.", e);
        }
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public boolean resumed() {
        return resumed;
    }

    @Override
    public CompletionStage<JobProgress> progress() {
        return AskPattern.ask(
                        coordinator,
                        (ActorRef<CoordinatorMessage.ProgressAnswer> replyTo) ->
                                new CoordinatorMessage.GetProgress(replyTo),
                        ASK_TIMEOUT,
                        system.scheduler())
                .thenApply(CoordinatorMessage.ProgressAnswer::progress);
    }

    @Override
    public void onProgress(Consumer<JobProgress> listener) {
        listeners.add(listener);
    }

    @Override
    public CompletionStage<JobStatus> cancel() {
        return AskPattern.ask(
                        coordinator,
                        (ActorRef<CoordinatorMessage.CancelAnswer> replyTo) -> new CoordinatorMessage.Cancel(replyTo),
                        ASK_TIMEOUT,
                        system.scheduler())
                .thenApply(CoordinatorMessage.CancelAnswer::status);
    }

    @Override
    public CompletionStage<JobProgress> result() {
        return result;
    }
}
