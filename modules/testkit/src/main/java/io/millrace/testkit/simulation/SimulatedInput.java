// SPDX-License-Identifier: Apache-2.0
package io.millrace.testkit.simulation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The records of all splits of a simulation. Confined to one simulation. */
final class SimulatedInput {
    private static final int KEYS = 7;

    private final SimulatedWorld world;
    private final Map<String, List<SimulatedRecord>> input = new HashMap<>();
    private final QuietSplit quietSplit;

    SimulatedInput(SimulatedWorld world) {
        this.world = world;
        if (world.workload() == null) {
            makeInput();
        }
        this.quietSplit = new QuietSplit(world, this);
    }

    private void makeInput() {
        long next = 0;
        for (int source = 0;
                source < Objects.requireNonNull(world.scenario().job()).sources();
                source++) {
            for (int split = 0; split < world.scenario().splits(); split++) {
                List<SimulatedRecord> records = new ArrayList<>();
                long time = 0;
                for (int i = 0; i < world.scenario().recordsPerSplit(); i++) {
                    time += world.random().below(30);
                    boolean quiet = split == 0 && world.scenario().timing().quiet();
                    records.add(quiet ? lateRecord(next++, time) : record(next++, time));
                }
                input.put(source + "/" + split, records);
            }
        }
    }

    private SimulatedRecord record(long number, long time) {
        long timestamp = Math.max(0, time - world.random().below((int) SimulatedWorld.DISORDER_MS));
        int value = world.random().below(SimulatedRecord.FIRST_LATE_VALUE);
        if (world.scenario().job() == SimulatedJob.WINDOW && world.random().chance(0.2)) {
            boolean late = world.random().chance(0.5);
            return new SimulatedRecord(
                    number,
                    SimulatedRecord.LATE_KEY,
                    late ? SimulatedRecord.FIRST_LATE_VALUE + value : value,
                    late ? Math.max(0, timestamp - world.random().below(1_000)) : timestamp);
        }
        return new SimulatedRecord(number, "k" + world.random().below(KEYS), value, timestamp);
    }

    /** Whatever it brings may come when others have gone on. */
    private SimulatedRecord lateRecord(long number, long time) {
        return new SimulatedRecord(
                number,
                SimulatedRecord.LATE_KEY,
                SimulatedRecord.FIRST_LATE_VALUE + world.random().below(9),
                time);
    }

    List<SimulatedRecord> recordsOf(int source, int split) {
        return input.get(source + "/" + split);
    }

    List<SimulatedRecord> all() {
        return input.values().stream().flatMap(List::stream).toList();
    }

    QuietSplit quietSplit() {
        return quietSplit;
    }
}
