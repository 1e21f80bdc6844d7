// SPDX-License-Identifier: Apache-2.0
package io.millrace.testkit.simulation;

import java.util.List;

/**
 * The split that falls silent early on, and goes on only when windows of the other splits have been committed: if it were
 * waited for, nothing would ever come of the job. Confined to one simulation.
 */
final class QuietSplit {
    /** What a reader may have read since it last told its watermark. */
    private static final int MOST_UNTOLD = 8;

    private static final int FIRST_SILENT = 3;
    private static final long LOOK_NANOS = 20_000_000L;

    private final SimulatedWorld world;
    private final boolean waits;
    private long lookedNanos = -LOOK_NANOS;
    private boolean released;

    QuietSplit(SimulatedWorld world, SimulatedInput input) {
        this.world = world;
        this.waits = world.scenario().timing().quiet() && othersFireSomething(input);
    }

    private boolean othersFireSomething(SimulatedInput input) {
        long reached = Long.MAX_VALUE;
        for (int split = 1; split < world.scenario().splits(); split++) {
            List<SimulatedRecord> records = input.recordsOf(0, split);
            long highest = records.subList(0, Math.max(0, records.size() - MOST_UNTOLD)).stream()
                    .mapToLong(SimulatedRecord::timestamp)
                    .max()
                    .orElse(Long.MIN_VALUE / 2);
            reached = Math.min(reached, highest - SimulatedWorld.DISORDER_MS - 1);
        }
        long watermark = reached;
        return input.all().stream()
                .filter(record -> !record.key().equals(SimulatedRecord.LATE_KEY))
                .anyMatch(record -> ReferenceModel.lastOfWindow(record) <= watermark);
    }

    boolean is(SimulatedSource.Split split) {
        return world.scenario().timing().quiet() && split.number() == 0;
    }

    boolean isSilent(SimulatedSource.Split split) {
        if (!waits || !is(split) || split.position() < FIRST_SILENT) {
            return false;
        }
        long now = world.loop().nowNanos();
        if (now - lookedNanos >= LOOK_NANOS) {
            lookedNanos = now;
            released = world.transactions().committed("windows").stream()
                    .anyMatch(window -> !ReferenceModel.isLateWindow(window));
        }
        if (!released) {
            world.count("silence");
        }
        return !released;
    }
}
