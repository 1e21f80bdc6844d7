// SPDX-License-Identifier: Apache-2.0
package io.millrace.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.runtime.JobProgress;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How a run of a job ended.
 *
 * @param name the job
 * @param progress its last report
 * @param resumed whether this process went on with what another had begun
 * @param elapsedNs how long this process watched it
 */
record JobReport(String name, JobProgress progress, boolean resumed, long elapsedNs) {
    int exitCode() {
        return switch (progress.status()) {
            case FINISHED -> ExitCodes.FINISHED;
            default -> ExitCodes.FAILED;
        };
    }

    /** One paragraph for people. */
    String text() {
        return switch (progress.status()) {
            case FINISHED -> finished();
            case CANCELED -> "The job '" + name + "' was cancelled.";
            case FAILED -> "The job '" + name + "' failed: " + cause();
            default -> "The job '" + name + "' is " + progress.status() + ".";
        };
    }

    private String finished() {
        long read = progress.recordsRead();
        return "The job '" + name + "' " + finishedIn() + ": " + ProgressText.grouped(read) + " records read ("
                + ProgressText.grouped(ProgressText.perSecond(read, elapsedNs)) + "/s), "
                + ProgressText.grouped(progress.recordsWritten()) + " written, " + late()
                + counts() + ".";
    }

    /** Such as {@code finished in 3.1 s}; numbers of a job that went on are those since then. */
    String finishedIn() {
        return (resumed
                ? "finished " + ProgressText.seconds(elapsedNs) + " after it went on"
                : "finished in " + ProgressText.seconds(elapsedNs));
    }

    /** Such as {@code 12 checkpoints, 1 restart}. */
    String counts() {
        int failed = progress.failedCheckpoints();
        String checkpoints = ProgressText.counted(progress.completedCheckpoints(), "checkpoint")
                + (failed == 0 ? "" : " (" + ProgressText.grouped(failed) + " more failed)");
        return progress.restarts() == 0
                ? checkpoints
                : checkpoints + ", " + ProgressText.counted(progress.restarts(), "restart");
    }

    private String late() {
        return progress.lateRecords() == 0 ? "" : ProgressText.grouped(progress.lateRecords()) + " late, ";
    }

    private String cause() {
        String failure = progress.failure();
        return failure == null ? "its coordinator gave no reason." : failure.strip();
    }

    /** The same for programs: an object on one line. */
    String json() {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("job", name);
        values.put("status", progress.status().name());
        values.put("resumed", resumed);
        values.put("epoch", progress.epoch());
        values.put("recordsRead", progress.recordsRead());
        values.put("recordsWritten", progress.recordsWritten());
        values.put("lateRecords", progress.lateRecords());
        values.put("lastCheckpointId", progress.lastCheckpointId());
        values.put("completedCheckpoints", progress.completedCheckpoints());
        values.put("failedCheckpoints", progress.failedCheckpoints());
        values.put("restarts", progress.restarts());
        values.put("subtaskActors", progress.subtaskActors());
        values.put("maxMailboxDepth", progress.maxMailboxDepth());
        values.put("mailboxBound", progress.mailboxBound());
        values.put("elapsedMs", elapsedNs / 1_000_000);
        values.put("failure", progress.failure());
        return json(values, false);
    }

    static String json(Map<String, ?> values, boolean pretty) {
        try {
            ObjectMapper mapper = new ObjectMapper();
            return pretty
                    ? mapper.writerWithDefaultPrettyPrinter().writeValueAsString(values)
                    : mapper.writeValueAsString(values);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Maps of strings and numbers are always JSON", e);
        }
    }
}
