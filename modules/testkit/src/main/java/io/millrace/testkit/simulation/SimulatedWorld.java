// SPDX-License-Identifier: Apache-2.0
package io.millrace.testkit.simulation;

import io.millrace.api.JobArguments;
import io.millrace.checkpoint.coordination.CompletedCheckpoint;
import io.millrace.checkpoint.manifest.ManifestStore;
import io.millrace.runtime.protocol.JobSpec;
import io.millrace.state.StateBackend;
import io.millrace.state.memory.MemoryStateBackend;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Everything that outlives a node, and the node. Confined to the thread that runs the simulation. */
final class SimulatedWorld {
    private static final Map<String, SimulatedWorld> WORLDS = new ConcurrentHashMap<>();
    private static final AtomicLong NUMBERS = new AtomicLong();
    private static final String ARGUMENT = "world";
    private static final String JOB = "simulated";
    static final long DISORDER_MS = 40;
    private static final long WALL_START_MS = 1_700_000_000_000L;
    private static final int KEY_GROUPS = 16;
    private static final int SEEDS_A_SPECIALISED_ONE = 16;

    private final String id = Long.toString(NUMBERS.incrementAndGet());
    private final PlantedBug planted;
    private final SeededRandom random;
    private final EventLoop loop;
    private final @Nullable Simulated simulated;
    private final Scenario scenario;
    private final Faults faults;
    private final Invariants invariants;
    private final SimulatedStorage storage;
    private final SimulatedJournal journal;
    private final TransactionLog transactions;
    private final SimulatedNetwork network;
    private final SimulatedInput input;
    private final Chronicle chronicle = new Chronicle();
    private SimulatedNode node;

    /**
     * @param job the job to run, or null for the one that the seed picks
     */
    SimulatedWorld(long seed, PlantedBug planted, @Nullable SimulatedJob job) {
        this(seed, planted, job, null);
    }

    SimulatedWorld(long seed, PlantedBug planted, Simulated simulated) {
        this(seed, planted, null, simulated);
    }

    private SimulatedWorld(long seed, PlantedBug planted, @Nullable SimulatedJob job, @Nullable Simulated simulated) {
        this.planted = planted;
        this.random = new SeededRandom(seed);
        this.loop = new EventLoop(random);
        this.simulated = simulated;
        this.scenario = simulated == null ? picked(job) : Scenario.of(simulated);
        this.faults = new Faults(random, loop, scenario);
        this.invariants = new Invariants(this);
        this.storage = new SimulatedStorage(this);
        this.journal = new SimulatedJournal(this);
        this.transactions = new TransactionLog(this);
        this.network = new SimulatedNetwork(this);
        this.input = new SimulatedInput(this);
        this.node = new SimulatedNode(this);
    }

    private Scenario picked(@Nullable SimulatedJob job) {
        Scenario picked = Scenario.of(random);
        return job == null ? picked : picked.with(job);
    }

    /** Both ways must do the same; hidden classes cost several times what the rest of a simulation does. */
    boolean specialisesChains() {
        if (simulated != null) {
            return simulated.specialised();
        }
        return random.seed() % SEEDS_A_SPECIALISED_ONE == 0;
    }

    static SimulatedWorld of(JobArguments args) {
        SimulatedWorld world = WORLDS.get(args.require(ARGUMENT));
        if (world == null) {
            throw new IllegalStateException("The simulation is over.");
        }
        return world;
    }

    static ClassLoader loaderOf(String jobClass) {
        return SimulatedWorld.class.getClassLoader();
    }

    void open() {
        WORLDS.put(id, this);
        node.start();
        scheduleCrash();
        scheduleCoordinatorEnd();
        scheduleDamage();
    }

    void close() {
        WORLDS.remove(id);
    }

    int splitsOf(int source) {
        return simulated == null ? scenario.splits() : simulated.workload().splitsOf(source);
    }

    List<Timed> recordsOf(int source, int split) {
        return simulated == null
                ? input.recordsOf(source, split).stream()
                        .map(record -> new Timed(record, record.timestamp()))
                        .toList()
                : simulated.workload().recordsOf(source, split);
    }

    /** What is run, or null where it is one of the simulation's own jobs. */
    @Nullable
    Workload workload() {
        return simulated == null ? null : simulated.workload();
    }

    private Class<?> jobClass() {
        return simulated == null
                ? Objects.requireNonNull(scenario.job()).jobClass()
                : simulated.workload().jobClass();
    }

    StateBackend stateBackend() {
        StateBackend memory = new MemoryStateBackend();
        return planted.isOfState() ? new PlantedStateBackend(memory, planted) : memory;
    }

    List<SimulatedRecord> allRecords() {
        return input.all();
    }

    QuietSplit quietSplit() {
        return input.quietSplit();
    }

    JobSpec spec() {
        return new JobSpec(
                JOB,
                jobClass().getName(),
                List.of("--" + ARGUMENT, id),
                scenario.parallelism(),
                KEY_GROUPS,
                "",
                WALL_START_MS);
    }

    // --- faults

    private void scheduleCrash() {
        long untilNanos = faults.untilCrashNanos();
        if (untilNanos >= 0) {
            loop.schedule(untilNanos, () -> {
                if (faults.active()) {
                    crash("by itself");
                    scheduleCrash();
                }
            });
        }
    }

    /** Everything on the node is lost; it starts again after a while. */
    void crash(String how) {
        if (!node.isAlive()) {
            return;
        }
        faults.count();
        say("the node crashes " + how);
        node.crash();
        storage.onCrash();
        loop.schedule(random.between(1_000_000L, 500_000_000L), () -> {
            journal.record().checkpoints().forEach(invariants::requireRestorable);
            node = new SimulatedNode(this);
            node.start();
        });
    }

    private void scheduleCoordinatorEnd() {
        long untilNanos = faults.untilCoordinatorEndNanos();
        if (untilNanos >= 0) {
            loop.schedule(untilNanos, () -> {
                if (faults.active() && node.isAlive()) {
                    faults.count();
                    say("the coordinator ends");
                    node.endCoordinator(random.between(1_000_000L, 500_000_000L));
                    scheduleCoordinatorEnd();
                }
            });
        }
    }

    private void scheduleDamage() {
        loop.schedule(TimeUnit.MILLISECONDS.toNanos(100), () -> {
            if (faults.damages()) {
                damage();
            }
            if (faults.active()) {
                scheduleDamage();
            }
        });
    }

    /** Damages a checkpoint, unless no other would be left to fall back to. */
    private void damage() {
        List<List<String>> intact = journal.record().checkpoints().stream()
                .map(this::filesOf)
                .filter(files -> !files.isEmpty() && files.stream().noneMatch(storage::isDamaged))
                .toList();
        if (intact.size() < 2) {
            return;
        }
        String file = random.pick(random.pick(intact));
        say("the file " + file + " is damaged");
        storage.damage(file, random.below(1 << 20));
    }

    /** Empty when the manifests cannot be read. */
    private List<String> filesOf(CompletedCheckpoint checkpoint) {
        try {
            return List.copyOf(new ManifestStore(storage.asItIs()).referencedPaths(checkpoint.manifest()));
        } catch (IOException e) {
            return List.of();
        }
    }

    // --- parts

    boolean isPlanted(PlantedBug bug) {
        return planted == bug;
    }

    SeededRandom random() {
        return random;
    }

    EventLoop loop() {
        return loop;
    }

    Scenario scenario() {
        return scenario;
    }

    Faults faults() {
        return faults;
    }

    Invariants invariants() {
        return invariants;
    }

    SimulatedStorage storage() {
        return storage;
    }

    SimulatedJournal journal() {
        return journal;
    }

    TransactionLog transactions() {
        return transactions;
    }

    /** Something of interest has happened that tests want to see happen at all. */
    void count(String what) {
        chronicle.count(what);
    }

    int happened(String what) {
        return chronicle.happened(what);
    }

    SimulatedNetwork network() {
        return network;
    }

    SimulatedNode node() {
        return node;
    }

    /** A number for a name, always the same. */
    int numberOf(String name) {
        return chronicle.numberOf(name);
    }

    int nextNumber() {
        return chronicle.nextNumber();
    }

    /** Keeps what happened, for whoever looks into a seed that failed. */
    void say(String what) {
        chronicle.say(loop.nowNanos() / 1_000_000, what);
    }

    String said() {
        return chronicle.said();
    }

    /** The virtual time of day. */
    Clock clock() {
        return new VirtualClock(loop);
    }

    private static final class VirtualClock extends Clock {
        private final EventLoop loop;

        private VirtualClock(EventLoop loop) {
            this.loop = loop;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(@Nullable ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return Instant.ofEpochMilli(millis());
        }

        @Override
        public long millis() {
            return WALL_START_MS + loop.nowNanos() / 1_000_000;
        }
    }
}
