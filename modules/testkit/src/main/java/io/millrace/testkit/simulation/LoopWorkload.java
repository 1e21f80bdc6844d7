// SPDX-License-Identifier: Apache-2.0
package io.millrace.testkit.simulation;

import io.millrace.api.StreamJob;
import io.millrace.checkpoint.coordination.SubtaskId;
import io.millrace.runtime.channel.Wiring;
import io.millrace.runtime.protocol.DataMessage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Records that go round a loop, and what must come out of it, worked out without the engine. */
final class LoopWorkload implements Workload, Tampering {
    /** What becomes of a record in the body. */
    enum Kind {
        /** It goes round as often as its value says. */
        ROUNDS,
        /** It goes round until the Collatz sequence of its value is at 1. */
        COLLATZ,
        /** It becomes several, or none, until its value is used up. */
        FAN_OUT,
        /** As {@link #ROUNDS}, and timers send more round: before the end, at the end, and behind it. */
        TIMERS,
        /** As {@link #ROUNDS}, and timers of processing time send more round, if they are due before the end. */
        CLOCK
    }

    /** How records get from the body to the head. */
    enum Tail {
        DIRECT,
        REBALANCED,
        KEYED,
        MAPPED,
        REBALANCED_AND_MAPPED
    }

    /**
     * @param heads parallelism of the head
     * @param bodies parallelism of the body
     * @param keyed whether the body has keys
     * @param outsideKeyed whether the input is spread by key
     * @param sideInput whether a second source goes into the body
     */
    record Shape(
            Kind kind,
            int heads,
            int bodies,
            Tail tail,
            boolean keyed,
            boolean outsideKeyed,
            boolean sideInput,
            int maxCirculating) {}

    static final long NO_TIMER = -1;

    private static final long LAST_TIMER_MS = 1_000_000_000L;
    private static final long LAST_BUT_ONE_TIMER_MS = LAST_TIMER_MS - 1;
    private static final long BORN_IDS = 1_000_000;
    private static final int MOST_DIFFERENCES = 5;
    private static final int SEEDS_A_SPECIALISED_ONE = 16;

    private final Shape shape;
    private final int parallelism;
    private final Tuning tuning;
    private final boolean faultless;
    private final int splits;
    private final int recordsPerSplit;
    private final LoopTampering tampering;
    private final Map<String, List<Timed>> input = new HashMap<>();
    private @Nullable String broken;
    private int earlyTimers;
    private int circulating;

    private LoopWorkload(
            Shape shape, int parallelism, Tuning tuning, boolean faultless, SeededRandom random, LoopBug bug) {
        this.shape = shape;
        this.parallelism = parallelism;
        this.tuning = tuning;
        this.faultless = faultless;
        // One split tells watermarks before its end.
        this.splits = random.between(1, shape.kind == Kind.TIMERS ? 2 : 3);
        this.recordsPerSplit = random.between(shape.kind == Kind.TIMERS ? 25 : 5, 60);
        this.tampering = new LoopTampering(bug);
        drawInput(random);
    }

    /** What a seed makes of a simulation. */
    static Simulated draw(SeededRandom random, LoopBug bug) {
        Kind kind = random.pick(List.of(Kind.values()));
        boolean faultless = random.chance(0.15);
        boolean keyed = kind == Kind.TIMERS || kind == Kind.CLOCK || random.chance(0.5);
        Shape shape = new Shape(
                kind,
                random.between(1, 3),
                random.between(1, 3),
                random.pick(List.of(Tail.values())),
                keyed,
                random.chance(0.3),
                random.chance(0.25),
                random.chance(0.5) ? random.between(1, 10) : 1_000);
        Tuning tuning = new Tuning(
                random.between(1, 8),
                random.between(2, 4),
                random.between(10, 300),
                random.between(20_000, 1_000_000),
                random.between(1, 3),
                random.between(0, 3),
                random.between(1, 6) / 10.0,
                random.between(1_000_000L, 400_000_000L),
                8,
                // Files are slow.
                random.chance(0.15) ? random.between(1, 60) : 10_000);
        int parallelism = random.between(1, 3);
        return new Simulated(
                new LoopWorkload(shape, parallelism, tuning, faultless, random, bug),
                parallelism,
                random.seed() % SEEDS_A_SPECIALISED_ONE == 0,
                faultless ? FaultRates.NONE : FaultRates.of(random),
                random.between(500L, 4_000L),
                tuning);
    }

    @Override
    public Class<? extends StreamJob> jobClass() {
        return LoopJob.class;
    }

    private void drawInput(SeededRandom random) {
        long next = 0;
        for (int source = 0; source < (shape.sideInput ? 2 : 1); source++) {
            for (int split = 0; split < splits; split++) {
                List<Timed> records = new ArrayList<>();
                long time = 0;
                for (int i = 0; i < recordsPerSplit; i++) {
                    time += random.below(30);
                    records.add(new Timed(new Lap(next++, value(random), 0, false), time));
                }
                input.put(source + "/" + split, records);
            }
        }
    }

    private long value(SeededRandom random) {
        return switch (shape.kind) {
            case ROUNDS, TIMERS, CLOCK -> random.below(random.chance(0.05) ? 40 : 6);
            case COLLATZ -> random.between(1, 20);
            case FAN_OUT -> random.below(4);
        };
    }

    @Override
    public int splitsOf(int source) {
        return splits;
    }

    @Override
    public List<Timed> recordsOf(int source, int split) {
        return input.get(source + "/" + split);
    }

    Shape shape() {
        return shape;
    }

    // --- what the body does

    /** What a record becomes that goes round again. */
    List<Lap> next(Lap lap) {
        if (done(lap) != null) {
            return List.of();
        }
        int laps = lap.laps() + 1;
        return switch (shape.kind) {
            case ROUNDS, TIMERS, CLOCK -> List.of(new Lap(lap.id(), lap.value() - 1, laps, lap.born()));
            case COLLATZ -> {
                long value = lap.value() % 2 == 0 ? lap.value() / 2 : 3 * lap.value() + 1;
                yield List.of(new Lap(lap.id(), value, laps, lap.born()));
            }
            case FAN_OUT -> {
                List<Lap> children = new ArrayList<>();
                for (int child = 0; child < lap.id() % 4; child++) {
                    children.add(new Lap(lap.id() * 4 + child, lap.value() - 1, laps, lap.born()));
                }
                yield children;
            }
        };
    }

    /** What comes out of the loop for a record, or null: it goes on, or vanishes. */
    @Nullable
    String done(Lap lap) {
        boolean over = shape.kind == Kind.COLLATZ ? lap.value() <= 1 : lap.value() <= 0;
        return over ? lap.id() + " after " + lap.laps() : null;
    }

    /** The timer that a record sets in the body; one a lane and time. */
    long timerOf(Lap lap) {
        if (shape.kind != Kind.TIMERS || lap.laps() > 0) {
            return NO_TIMER;
        }
        if (lap.born()) {
            // Of those that are born of the timer at the end this one comes when the end has been.
            return lap.id() == bornId(lap.lane(), LAST_BUT_ONE_TIMER_MS) ? LAST_TIMER_MS : NO_TIMER;
        }
        return lap.id() % 4 == 0 ? LAST_BUT_ONE_TIMER_MS : 70 + lap.id() * 10;
    }

    /** How long after it has come a record has a timer of the clock fire in the body; one a lane and time. */
    long clockTimerOf(Lap lap) {
        return shape.kind != Kind.CLOCK || lap.born() || lap.laps() > 0 ? NO_TIMER : lap.id() * 37 % 400;
    }

    static Lap born(int lane, long timer) {
        return new Lap(bornId(lane, timer), timer % 4, 0, true);
    }

    private static long bornId(int lane, long timer) {
        return (BORN_IDS + timer) * Lap.LANES + lane;
    }

    static String visit(int lane, long number) {
        return lane + "#" + number;
    }

    // --- what is watched meanwhile

    /** The body has got a record. */
    void onVisit(Lap lap) {
        boolean oneByOne = shape.kind == Kind.ROUNDS || shape.kind == Kind.COLLATZ;
        if (!faultless || !oneByOne) {
            return;
        }
        circulating += lap.laps() == 0 ? 1 : 0;
        circulating -= done(lap) == null ? 0 : 1;
        if (circulating > mostCirculating()) {
            broken = circulating + " records circulate, where the bound at the head and the credits of the loop allow "
                    + mostCirculating();
        }
    }

    /** The queues, and for all channels of the loop what they hold, what is put together and what is handled. */
    private int mostCirculating() {
        int batch = tuning.batchSize();
        int middle = parallelism;
        int channels = shape.heads * shape.bodies
                + switch (shape.tail) {
                    case DIRECT, REBALANCED, KEYED -> shape.bodies * shape.heads;
                    case REBALANCED_AND_MAPPED -> middle * (shape.bodies + shape.heads);
                    case MAPPED -> middle * (shape.bodies + shape.heads) + shape.heads;
                };
        int fromSide = shape.sideInput ? middle * shape.bodies : 0;
        return shape.heads * (shape.maxCirculating + batch) + (channels + fromSide) * (tuning.credits() + 3) * batch;
    }

    void onTimer(boolean beforeTheEnd) {
        // A second input has watermarks of its own, behind the end of the loop's.
        earlyTimers += beforeTheEnd && !shape.sideInput ? 1 : 0;
    }

    /** Timers that fired before the last watermark. */
    int earlyTimers() {
        return earlyTimers;
    }

    // --- what must come out

    @Override
    public @Nullable String wrongOutput(Function<String, List<String>> committed) {
        if (broken != null) {
            return broken;
        }
        Map<String, Integer> done = new TreeMap<>();
        Map<String, Integer> visits = new TreeMap<>();
        expect(done, visits);
        String wrong = difference(LoopJob.DONE, done, committed.apply(LoopJob.DONE));
        // What the clock adds is nowhere else to be seen.
        return wrong != null || shape.kind == Kind.CLOCK
                ? wrong
                : difference(LoopJob.VISITS, visits, committed.apply(LoopJob.VISITS));
    }

    private void expect(Map<String, Integer> done, Map<String, Integer> visits) {
        Deque<Lap> ahead = new ArrayDeque<>();
        input.values().forEach(split -> split.forEach(timed -> ahead.add((Lap) timed.value())));
        Map<Integer, Long> visitsOfLane = new HashMap<>();
        Set<Lap> born = new HashSet<>();
        while (!ahead.isEmpty()) {
            Lap lap = ahead.remove();
            ahead.addAll(next(lap));
            String out = done(lap);
            if (out != null) {
                done.merge(out, 1, Integer::sum);
            }
            if (shape.keyed) {
                visits.put(visit(lap.lane(), visitsOfLane.merge(lap.lane(), 1L, Long::sum)), 1);
            }
            if (timerOf(lap) != NO_TIMER && born.add(born(lap.lane(), timerOf(lap)))) {
                ahead.add(born(lap.lane(), timerOf(lap)));
            }
        }
    }

    private static boolean isBorn(String done) {
        return Long.parseLong(done.substring(0, done.indexOf(' '))) >= BORN_IDS * Lap.LANES;
    }

    private @Nullable String difference(String sink, Map<String, Integer> expected, List<String> committed) {
        Map<String, Integer> found = new TreeMap<>();
        committed.forEach(record -> found.merge(record, 1, Integer::sum));
        Set<String> all = new HashSet<>(expected.keySet());
        all.addAll(found.keySet());
        List<String> differences = new ArrayList<>();
        all.stream().sorted().forEach(record -> {
            int wanted = expected.getOrDefault(record, 0);
            int there = found.getOrDefault(record, 0);
            boolean mayBe = shape.kind == Kind.CLOCK && isBorn(record);
            if (there != wanted && !(mayBe && there == 1)) {
                differences.add("'" + record + "' " + there + " times instead of " + wanted);
            }
        });
        if (differences.isEmpty()) {
            return null;
        }
        return "the output of sink '" + sink + "' is wrong (" + differences.size() + " records): "
                + String.join(", ", differences.subList(0, Math.min(MOST_DIFFERENCES, differences.size())));
    }

    // --- bugs

    @Override
    public List<DataMessage.Element> onArrival(
            SubtaskId receiver, Wiring wiring, List<DataMessage.Element> waiting, DataMessage.Element element) {
        return tampering.onArrival(receiver, wiring, waiting, element);
    }

    @Override
    public byte[] onStore(String path, byte[] bytes) {
        return tampering.onStore(path, bytes);
    }

    @Override
    public String toString() {
        return shape + ", " + splits + " splits a source, " + recordsPerSplit + " records a split";
    }
}
