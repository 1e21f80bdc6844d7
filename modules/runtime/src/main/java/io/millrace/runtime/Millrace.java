// SPDX-License-Identifier: Apache-2.0
package io.millrace.runtime;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigRenderOptions;
import io.millrace.api.JobArguments;
import io.millrace.api.Stable;
import io.millrace.api.StreamJob;
import io.millrace.checkpoint.storage.LocalSnapshotStorage;
import io.millrace.checkpoint.storage.SnapshotStorage;
import io.millrace.runtime.chain.InliningAdvice;
import io.millrace.runtime.config.RuntimeSettings;
import io.millrace.runtime.definition.JobClasses;
import io.millrace.runtime.job.CoordinatorMessage;
import io.millrace.runtime.job.CoordinatorServices;
import io.millrace.runtime.job.JobCoordinatorActor;
import io.millrace.runtime.job.JobSettings;
import io.millrace.runtime.placement.Slot;
import io.millrace.runtime.placement.SlotAllocationStrategy;
import io.millrace.runtime.placement.SubtaskEnvelope;
import io.millrace.runtime.placement.SubtaskMessageExtractor;
import io.millrace.runtime.protocol.JobSpec;
import io.millrace.runtime.protocol.ShellMessage;
import io.millrace.runtime.protocol.SubtaskMessage;
import io.millrace.runtime.subtask.HostServices;
import io.millrace.runtime.subtask.SnapshotServices;
import io.millrace.runtime.subtask.SubtaskActor;
import io.millrace.runtime.subtask.SubtaskAssembly;
import io.millrace.runtime.subtask.VertexClasses;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.stream.IntStream;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.Extension;
import org.apache.pekko.actor.typed.ExtensionId;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.cluster.sharding.typed.javadsl.Entity;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityTypeKey;
import org.apache.pekko.cluster.typed.Cluster;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Millrace inside an actor system: the entry for services that embed it.
 *
 * <pre>{@code
 * JobHandle job = Millrace.get(system).submit("fraud", FraudJob.class, JobArguments.of(), JobOptions.defaults());
 * }</pre>
 *
 * <p>The actor system must belong to a cluster (of one node, if need be) and have a journal. Thread-safe.
 */
@Stable
public final class Millrace implements Extension {
    private static final Logger LOG = LoggerFactory.getLogger(Millrace.class);

    /** A write that has not got on for so long belongs to a process that died. */
    private static final Duration ABANDONED_AFTER = Duration.ofHours(1);

    private static final EntityTypeKey<CoordinatorMessage> COORDINATORS =
            EntityTypeKey.create(CoordinatorMessage.class, "millrace-coordinator");
    private static final EntityTypeKey<SubtaskMessage> SUBTASKS =
            EntityTypeKey.create(SubtaskMessage.class, "millrace-subtask");
    private static final EntityTypeKey<SubtaskMessage> BLOCKING_SUBTASKS =
            EntityTypeKey.create(SubtaskMessage.class, "millrace-blocking-subtask");

    private final ActorSystem<?> system;
    private final RuntimeSettings settings;
    private final JobClassLoaders classLoaders = new JobClassLoaders();
    private final HostServices hostServices = new HostServices();

    /** Makes the one instance of an actor system. */
    private static final class Id extends ExtensionId<Millrace> {
        private static final Id INSTANCE = new Id();

        @Override
        public Millrace createExtension(ActorSystem<?> system) {
            return new Millrace(system);
        }
    }

    private Millrace(ActorSystem<?> system) {
        this.system = system;
        this.settings = RuntimeSettings.of(system.settings().config());
        Executor io = system.dispatchers().lookup(DispatcherSelector.fromConfig("millrace.dispatcher.io"));
        SnapshotServices snapshots = SnapshotServices.on(openStorage(io));
        VertexClasses vertexClasses = new VertexClasses(settings.specialiseChains());
        if (settings.specialiseChains()) {
            InliningAdvice.forThisJvm().ifPresent(LOG::info);
        }
        SubtaskAssembly assembly =
                new SubtaskAssembly(snapshots, settings.stateBackend(), classLoaders, vertexClasses, hostServices);
        Services services = new Services(
                snapshots,
                io,
                startSubtasks(SUBTASKS, "millrace.dispatcher.subtask", assembly, io),
                startSubtasks(BLOCKING_SUBTASKS, "millrace.dispatcher.blocking", assembly, io));
        ClusterSharding.get(system)
                .init(Entity.of(COORDINATORS, entity -> JobCoordinatorActor.create(services, entity.getEntityId()))
                        .withStopMessage(new CoordinatorMessage.HandOff()));
    }

    /** Millrace of an actor system; started at the first call. */
    public static Millrace get(ActorSystem<?> system) {
        return Id.INSTANCE.apply(system);
    }

    /**
     * Registers something for the functions of jobs, who get it by {@code RuntimeContext.service(type)}: a client, a
     * connection pool, a part of the host. A job's subtasks run on any node, so it is to be registered on each, before
     * jobs are submitted there or recovered. All subtasks of the node share it: it must be thread-safe. It is never
     * closed by Millrace.
     *
     * @param type the class or interface that functions ask for
     * @throws IllegalStateException when another service stands under that type
     */
    public <S> Millrace withService(Class<S> type, S service) {
        hostServices.register(type, service);
        return this;
    }

    private SnapshotStorage openStorage(Executor io) {
        try {
            LocalSnapshotStorage storage = new LocalSnapshotStorage(settings.checkpointDirectory());
            io.execute(() -> deleteAbandonedWrites(storage));
            return storage;
        } catch (IOException e) {
            throw new IllegalStateException(
                    "The snapshot directory " + settings.checkpointDirectory() + " cannot be used: " + e.getMessage()
                            + ". Set millrace.checkpointing.dir to a directory that can be written.",
                    e);
        }
    }

    /** What processes that died left half written; younger files may be another node's, at work right now. */
    private static void deleteAbandonedWrites(LocalSnapshotStorage storage) {
        long before = Clock.systemUTC().millis() - ABANDONED_AFTER.toMillis();
        try {
            int deleted = storage.deleteAbandonedWrites("", before);
            LOG.info("Deleted {} files that crashed writes left in the snapshot directory.", deleted);
        } catch (IOException e) {
            LOG.warn("Leftovers in the snapshot directory could not be deleted; the next start tries again.", e);
        }
    }

    private ActorRef<SubtaskEnvelope> startSubtasks(
            EntityTypeKey<SubtaskMessage> key, String dispatcher, SubtaskAssembly assembly, Executor io) {
        Props props = DispatcherSelector.fromConfig(dispatcher).withMailboxFromConfig("millrace.mailbox");
        return ClusterSharding.get(system)
                .init(Entity.of(key, entity -> SubtaskActor.create(assembly, settings.subtask(), io))
                        .withEntityProps(props)
                        .withMessageExtractor(new SubtaskMessageExtractor())
                        .withAllocationStrategy(new SlotAllocationStrategy(
                                org.apache.pekko.actor.typed.javadsl.Adapter.toClassic(system)))
                        .withStopMessage(new ShellMessage.HandOff()));
    }

    /**
     * Starts a job, or goes on with it: a job of that name that did not end goes on from its last completed checkpoint.
     * Blocks until the job is accepted.
     *
     * @param name of the job, unique in the cluster: letters, digits, '.', '_' and '-'
     * @param jobClass a class with a constructor without arguments
     * @throws JobRejectedException when the job is wrong, or has finished, in words for people
     */
    public JobHandle submit(String name, Class<? extends StreamJob> jobClass, JobArguments args, JobOptions options) {
        if (!name.matches("[A-Za-z0-9._-]{1,120}")) {
            throw new JobRejectedException(
                    "The job's name '" + name + "' must be 1 to 120 characters of letters, digits, '.', '_' and '-'.");
        }
        classLoaders.register(jobClass);
        Config config = effective(options.overrides());
        RuntimeSettings own;
        try {
            own = RuntimeSettings.of(config);
        } catch (IllegalArgumentException e) {
            throw new JobRejectedException(String.valueOf(e.getMessage()), e);
        }
        JobSpec spec = new JobSpec(
                name,
                jobClass.getName(),
                args.raw(),
                options.parallelism() == 0 ? own.parallelism() : options.parallelism(),
                own.maxParallelism(),
                options.overrides().root().render(ConfigRenderOptions.concise()),
                Clock.systemUTC().millis());
        return CoordinatedJob.submit(system, ClusterSharding.get(system).entityRefFor(COORDINATORS, name), spec);
    }

    private Config effective(Config overrides) {
        Config prefixed = overrides.isEmpty() ? ConfigFactory.empty() : overrides.atKey("millrace");
        return prefixed.withFallback(system.settings().config()).resolve();
    }

    /** What coordinators on this node need. */
    private final class Services implements CoordinatorServices {
        private final SnapshotServices snapshots;
        private final Executor io;
        private final ActorRef<SubtaskEnvelope> subtasks;
        private final ActorRef<SubtaskEnvelope> blockingSubtasks;

        private Services(
                SnapshotServices snapshots,
                Executor io,
                ActorRef<SubtaskEnvelope> subtasks,
                ActorRef<SubtaskEnvelope> blockingSubtasks) {
            this.snapshots = snapshots;
            this.io = io;
            this.subtasks = subtasks;
            this.blockingSubtasks = blockingSubtasks;
        }

        @Override
        public JobSettings settingsOf(@Nullable JobSpec spec) {
            return spec == null
                    ? settings.job()
                    : RuntimeSettings.of(effective(ConfigFactory.parseString(spec.settings())))
                            .job();
        }

        @Override
        public List<Slot> slots() {
            long self = Cluster.get(system).selfMember().uniqueAddress().longUid();
            return IntStream.range(0, settings.slots())
                    .mapToObj(index -> new Slot(self, index))
                    .toList();
        }

        @Override
        public ActorRef<SubtaskEnvelope> region(boolean blocking) {
            return blocking ? blockingSubtasks : subtasks;
        }

        @Override
        public Duration progressInterval() {
            return settings.subtask().reportInterval();
        }

        @Override
        public Clock clock() {
            return Clock.systemUTC();
        }

        @Override
        public SnapshotServices snapshots() {
            return snapshots;
        }

        @Override
        public JobClasses jobClasses() {
            return classLoaders;
        }

        @Override
        public Executor ioExecutor() {
            return io;
        }
    }
}
