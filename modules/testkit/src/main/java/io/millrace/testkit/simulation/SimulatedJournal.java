// SPDX-License-Identifier: Apache-2.0
package io.millrace.testkit.simulation;

import io.millrace.runtime.job.JobEvent;
import io.millrace.runtime.job.JobRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The journal of the job. A write takes time; when it fails, it may have landed or not. Survives crashes. Confined to
 * one simulation.
 */
final class SimulatedJournal {
    /** The outcome of a write. */
    enum Outcome {
        WRITTEN,
        FAILED
    }

    /** Told apart by identity. */
    private static final class Write {
        private final List<JobEvent> events;
        private final boolean lands;

        private Write(List<JobEvent> events, boolean lands) {
            this.events = events;
            this.lands = lands;
        }
    }

    private final SimulatedWorld world;
    private final List<JobEvent> events = new ArrayList<>();
    private final List<Write> underWay = new ArrayList<>();
    private JobRecord record = JobRecord.EMPTY;

    SimulatedJournal(SimulatedWorld world) {
        this.world = world;
    }

    /** Writes events, all or none; the outcome is lost when the node has crashed. */
    void append(SimulatedNode writer, List<JobEvent> written, Consumer<Outcome> outcome) {
        Faults faults = world.faults();
        boolean fails = faults.journalFails();
        Write write = new Write(written, !fails || faults.coin());
        underWay.add(write);
        world.loop().schedule(faults.journalDelayNanos(), () -> {
            if (underWay.remove(write) && write.lands) {
                land(written);
            }
            if (writer.isAlive()) {
                outcome.accept(fails ? Outcome.FAILED : Outcome.WRITTEN);
            }
        });
    }

    /** Somebody reads: what is under way lands before, or never. */
    JobRecord read() {
        for (Write write : underWay) {
            if (write.lands && world.faults().coin()) {
                land(write.events);
            }
        }
        underWay.clear();
        return record;
    }

    private void land(List<JobEvent> written) {
        for (JobEvent event : written) {
            if (!(event instanceof JobEvent.JobSubmitted)) {
                // The submission names the world, which has another name each time.
                world.loop().trace(event.toString());
            }
            JobRecord before = record;
            record = record.apply(event);
            events.add(event);
            world.invariants().onJournalled(before, event);
        }
    }

    JobRecord record() {
        return record;
    }

    /** True when some checkpoint that is journalled covers what a sink prepared in that epoch at that barrier. */
    boolean covers(long epoch, long checkpointId) {
        return events.stream()
                .anyMatch(event -> event instanceof JobEvent.CheckpointCompleted completed
                        && completed.checkpoint().epoch() == epoch
                        && completed.checkpoint().id() >= checkpointId);
    }

    List<JobEvent> events() {
        return events;
    }
}
