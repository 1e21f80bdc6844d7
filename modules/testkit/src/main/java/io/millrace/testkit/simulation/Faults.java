// SPDX-License-Identifier: Apache-2.0
package io.millrace.testkit.simulation;

import java.util.concurrent.TimeUnit;

/** Decides, by seed, what goes wrong now. Counts it, so that tests see that it happened. */
final class Faults {
    private final SeededRandom random;
    private final EventLoop loop;
    private final FaultRates rates;
    private final long endNanos;
    private int caused;

    Faults(SeededRandom random, EventLoop loop, Scenario scenario) {
        this.random = random;
        this.loop = loop;
        this.rates = scenario.faults();
        this.endNanos = TimeUnit.MILLISECONDS.toNanos(scenario.faultsEndMs());
    }

    boolean active() {
        return loop.nowNanos() < endNanos;
    }

    private boolean happens(double probability) {
        if (probability == 0 || !active() || !random.chance(probability)) {
            return false;
        }
        caused++;
        return true;
    }

    int caused() {
        return caused;
    }

    void count() {
        caused++;
    }

    /** User code runs: it may be slow, or throw. */
    void userCode() {
        if (happens(rates.slowUserCode())) {
            loop.advance(random.between(10_000L, 3_000_000L));
        }
        if (happens(rates.userCode())) {
            throw new SimulatedFault.InUserCode("user code throws");
        }
    }

    boolean storageFails() {
        return happens(rates.storage());
    }

    boolean crashesInIo() {
        return happens(rates.crashInIo());
    }

    boolean journalFails() {
        return happens(rates.journal());
    }

    boolean damages() {
        return happens(rates.damage());
    }

    boolean sinkFails() {
        return happens(rates.sink());
    }

    boolean coin() {
        return random.chance(0.5);
    }

    long journalDelayNanos() {
        return happens(rates.slowJournal())
                ? random.between(1_000_000L, 800_000_000L)
                : random.between(50_000L, 3_000_000L);
    }

    boolean controlIsLost() {
        return happens(rates.lostControl());
    }

    boolean controlIsRepeated() {
        return happens(rates.repeatedControl());
    }

    long messageDelayNanos() {
        if (happens(rates.lateMessage())) {
            return random.chance(0.1) ? random.between(1_000_000L, 900_000_000L) : random.between(0L, 10_000_000L);
        }
        return random.between(1_000L, 200_000L);
    }

    long ioDelayNanos() {
        return happens(rates.stuckIo())
                ? random.between(100_000_000L, 6_000_000_000L)
                : random.between(20_000L, 4_000_000L);
    }

    /** Time to the next crash, exponentially distributed; negative: none. */
    long untilCrashNanos() {
        return exponential(rates.meanCrashMs());
    }

    long untilCoordinatorEndNanos() {
        return exponential(rates.meanCoordinatorEndMs());
    }

    private long exponential(int meanMs) {
        if (meanMs == 0) {
            return -1;
        }
        double uniform = (random.below(1_000_000) + 1) / 1_000_000.0;
        return (long) (-Math.log(uniform) * TimeUnit.MILLISECONDS.toNanos(meanMs));
    }
}
