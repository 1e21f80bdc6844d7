// SPDX-License-Identifier: Apache-2.0
package io.millrace.testkit.simulation;

import io.millrace.api.JobArguments;
import io.millrace.checkpoint.coordination.CompletedCheckpoint;
import io.millrace.checkpoint.manifest.ManifestStore;
import io.millrace.runtime.protocol.JobSpec;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
    private static final int KEYS = 7;
    private static final int KEY_GROUPS = 16;
    private static final int SEEDS_A_SPECIALISED_ONE = 16;

    private final String id = Long.toString(NUMBERS.incrementAndGet());
    private final PlantedBug planted;
    private final SeededRandom random;
    private final EventLoop loop;
    private final Scenario scenario;
    private final Faults faults;
    private final Invariants invariants;
    private final SimulatedStorage storage;
    private final SimulatedJournal journal;
    private final TransactionLog transactions;
    private final QuietSplit quietSplit;
    private final SimulatedNetwork network;
    private final Map<String, Integer> names = new HashMap<>();
    private final Map<String, List<SimulatedRecord>> input = new HashMap<>();
    private final Map<String, Integer> happened = new HashMap<>();
    private final StringBuilder said = new StringBuilder();
    private SimulatedNode node;

    SimulatedWorld(long seed, PlantedBug planted) {
        this.planted = planted;
        this.random = new SeededRandom(seed);
        this.loop = new EventLoop(random);
        this.scenario = Scenario.of(random);
        this.faults = new Faults(random, loop, scenario);
        this.invariants = new Invariants(this);
        this.storage = new SimulatedStorage(this);
        this.journal = new SimulatedJournal(this);
        this.transactions = new TransactionLog(this);
        this.network = new SimulatedNetwork(this);
        makeInput();
        this.quietSplit = new QuietSplit(this);
        this.node = new SimulatedNode(this);
    }

    /** Both ways must do the same; hidden classes cost several times what the rest of a simulation does. */
    boolean specialisesChains() {
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

    private void makeInput() {
        long next = 0;
        for (int source = 0; source < scenario.job().sources(); source++) {
            for (int split = 0; split < scenario.splits(); split++) {
                List<SimulatedRecord> records = new ArrayList<>();
                long time = 0;
                for (int i = 0; i < scenario.recordsPerSplit(); i++) {
                    time += random.below(30);
                    boolean quiet = split == 0 && scenario.timing().quiet();
                    records.add(quiet ? lateRecord(next++, time) : record(next++, time));
                }
                input.put(source + "/" + split, records);
            }
        }
    }

    private SimulatedRecord record(long number, long time) {
        long timestamp = Math.max(0, time - random.below((int) DISORDER_MS));
        int value = random.below(SimulatedRecord.FIRST_LATE_VALUE);
        if (scenario.job() == SimulatedJob.WINDOW && random.chance(0.2)) {
            boolean late = random.chance(0.5);
            return new SimulatedRecord(
                    number,
                    SimulatedRecord.LATE_KEY,
                    late ? SimulatedRecord.FIRST_LATE_VALUE + value : value,
                    late ? Math.max(0, timestamp - random.below(1_000)) : timestamp);
        }
        return new SimulatedRecord(number, "k" + random.below(KEYS), value, timestamp);
    }

    /** Whatever it brings may come when others have gone on. */
    private SimulatedRecord lateRecord(long number, long time) {
        return new SimulatedRecord(
                number, SimulatedRecord.LATE_KEY, SimulatedRecord.FIRST_LATE_VALUE + random.below(9), time);
    }

    List<SimulatedRecord> recordsOf(int source, int split) {
        return input.get(source + "/" + split);
    }

    List<SimulatedRecord> allRecords() {
        return input.values().stream().flatMap(List::stream).toList();
    }

    JobSpec spec() {
        return new JobSpec(
                JOB,
                scenario.job().jobClass().getName(),
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

    QuietSplit quietSplit() {
        return quietSplit;
    }

    /** Something of interest has happened that tests want to see happen at all. */
    void count(String what) {
        happened.merge(what, 1, Integer::sum);
    }

    int happened(String what) {
        return happened.getOrDefault(what, 0);
    }

    SimulatedNetwork network() {
        return network;
    }

    SimulatedNode node() {
        return node;
    }

    /** A number for a name, always the same. */
    int numberOf(String name) {
        return names.computeIfAbsent(name, added -> names.size() + 1);
    }

    int nextNumber() {
        return numberOf("number " + names.size());
    }

    /** Keeps what happened, for whoever looks into a seed that failed. */
    void say(String what) {
        said.append(loop.nowNanos() / 1_000_000).append(" ms: ").append(what).append(System.lineSeparator());
    }

    String said() {
        return said.toString();
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
