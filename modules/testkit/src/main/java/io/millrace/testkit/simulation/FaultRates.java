// SPDX-License-Identifier: Apache-2.0
package io.millrace.testkit.simulation;

/**
 * How often what goes wrong; probabilities of a call, but for the pauses.
 *
 * @param meanCrashMs mean time between crashes of the node, or 0
 * @param meanCoordinatorEndMs mean time between ends of the coordinator alone, or 0
 * @param userCode that user code throws
 * @param slowUserCode that it is slow
 * @param storage that a call to the snapshot storage fails
 * @param crashInIo that the node crashes in such a call
 * @param journal that a write to the journal fails
 * @param slowJournal that it is slow
 * @param damage that a completed checkpoint is damaged, each time the world looks
 * @param sink that the sink's system fails a call
 * @param lateMessage that a message is late
 * @param stuckIo that an IO task hangs for seconds
 * @param lostControl that a message between coordinator and subtask is lost
 * @param repeatedControl that one comes twice
 */
public record FaultRates(
        int meanCrashMs,
        int meanCoordinatorEndMs,
        double userCode,
        double slowUserCode,
        double storage,
        double crashInIo,
        double journal,
        double slowJournal,
        double damage,
        double sink,
        double lateMessage,
        double stuckIo,
        double lostControl,
        double repeatedControl) {
    /** Some of everything. */
    /** Nothing goes wrong. */
    public static final FaultRates NONE = new FaultRates(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    public static FaultRates of(SeededRandom random) {
        return new FaultRates(
                random.chance(0.5) ? random.between(300, 3_000) : 0,
                random.chance(0.3) ? random.between(400, 4_000) : 0,
                some(random, 0.5, 0.01),
                some(random, 0.5, 0.1),
                some(random, 0.4, 0.03),
                some(random, 0.3, 0.004),
                some(random, 0.4, 0.1),
                some(random, 0.4, 0.3),
                some(random, 0.3, 0.1),
                some(random, 0.4, 0.3),
                some(random, 0.7, random.chance(0.5) ? 0.3 : 0.03),
                some(random, 0.3, 0.01),
                some(random, 0.3, 0.02),
                some(random, 0.3, 0.1));
    }

    /** Nothing goes wrong. */
    public static FaultRates none() {
        return new FaultRates(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    }

    /**
     * The node crashes, user code throws or is slow, and messages are late.
     *
     * @param meanMs mean time between crashes
     */
    public static FaultRates crashes(int meanMs, SeededRandom random) {
        double late = some(random, 0.8, random.chance(0.5) ? 0.3 : 0.03);
        return new FaultRates(
                meanMs, 0, some(random, 0.5, 0.01), some(random, 0.5, 0.1), 0, 0, 0, 0, 0, 0, late, 0, 0, 0);
    }

    /** The same without messages that are late. */
    FaultRates punctual() {
        return new FaultRates(
                meanCrashMs,
                meanCoordinatorEndMs,
                userCode,
                slowUserCode,
                storage,
                crashInIo,
                journal,
                slowJournal,
                damage,
                sink,
                0,
                stuckIo,
                lostControl,
                repeatedControl);
    }

    private static double some(SeededRandom random, double enabled, double rate) {
        return random.chance(enabled) ? rate : 0;
    }
}
