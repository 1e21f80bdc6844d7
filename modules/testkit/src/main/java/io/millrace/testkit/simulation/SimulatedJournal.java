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

    private final SimulatedWorld world;
    private final List<JobEvent> events = new ArrayList<>();
    private JobRecord record = JobRecord.EMPTY;

    SimulatedJournal(SimulatedWorld world) {
        this.world = world;
    }

    /** Writes events, all or none; the outcome is lost when the node has crashed. */
    void append(SimulatedNode writer, List<JobEvent> written, Consumer<Outcome> outcome) {
        Faults faults = world.faults();
        boolean fails = faults.journalFails();
        boolean lands = !fails || faults.coin();
        boolean landsDespiteCrash = faults.coin();
        world.loop().schedule(faults.journalDelayNanos(), () -> {
            if (lands && (writer.isAlive() || landsDespiteCrash)) {
                land(written);
            }
            if (writer.isAlive()) {
                outcome.accept(fails ? Outcome.FAILED : Outcome.WRITTEN);
            }
        });
    }

    private void land(List<JobEvent> written) {
        for (JobEvent event : written) {
            world.loop().trace(event.toString());
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
