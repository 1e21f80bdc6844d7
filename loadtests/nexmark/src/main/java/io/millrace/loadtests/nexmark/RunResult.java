// SPDX-License-Identifier: Apache-2.0
package io.millrace.loadtests.nexmark;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.loadtests.nexmark.results.Measurement;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * What a run answered and took; the components are the fields of its JSON line.
 *
 * @param engine its name on the command line
 * @param query its name there
 * @param parallelism subtasks of each operator; 1 for the loop, whatever was asked for
 * @param job number of the run in its JVM, from 1
 * @param events how many were read, bids and others
 * @param seconds from the first record made to the job's end, its final checkpoint included
 * @param eventsPerSecond of clock time
 * @param cpuSeconds CPU time of all threads of the process meanwhile
 * @param results rows of the answer
 * @param checksum of the rows in any order, 16 hexadecimal digits
 * @param jdk version of the JVM
 * @param checkpoints how many completed
 * @param gcSeconds spent in garbage collections meanwhile
 * @param startSeconds from submission to the first record
 */
record RunResult(
        String engine,
        String query,
        int parallelism,
        int job,
        long events,
        double seconds,
        long eventsPerSecond,
        double cpuSeconds,
        long results,
        String checksum,
        String jdk,
        int checkpoints,
        double gcSeconds,
        double startSeconds) {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final double MILLIS = 1_000;

    /**
     * Puts together what was measured.
     *
     * @param parallelism that of the engine
     * @param submittedNs when the job was submitted, as of {@link System#nanoTime}
     * @param end when it had ended
     */
    static RunResult of(
            EngineName engine,
            RunSpec spec,
            int parallelism,
            int checkpoints,
            Measurement measurement,
            long submittedNs,
            Measurement.Moment end) {
        Measurement.Moment first = measurement.first();
        Measurement.Moment took = end.since(first);
        double events = spec.events();
        return new RunResult(
                engine.toString(),
                spec.query().toString(),
                parallelism,
                spec.job(),
                spec.events(),
                seconds(took.ns()),
                Math.round(events * TimeUnit.SECONDS.toNanos(1) / Math.max(1, took.ns())),
                seconds(took.cpuNs()),
                measurement.results(),
                String.format("%016x", measurement.checksum()),
                System.getProperty("java.version"),
                checkpoints,
                took.gcMs() / MILLIS,
                seconds(first.ns() - submittedNs));
    }

    /** Whole milliseconds: more would be noise. */
    private static double seconds(long ns) {
        return TimeUnit.NANOSECONDS.toMillis(ns) / MILLIS;
    }

    /** One line for programs. */
    String json() {
        try {
            return MAPPER.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Strings and numbers are always JSON", e);
        }
    }

    /**
     * Reads such a line.
     *
     * @throws JsonProcessingException when it is none
     */
    static RunResult fromJson(String line) throws JsonProcessingException {
        return MAPPER.readValue(line, RunResult.class);
    }

    /** One line for people. */
    String text() {
        return String.format(
                Locale.ROOT,
                "%s %s, parallelism %d: %,d events in %.2f s, %,d events/s; %,d rows, checksum %s;"
                        + " %.2f s CPU, %.2f s of collections, %d checkpoints",
                query,
                engine,
                parallelism,
                events,
                seconds,
                eventsPerSecond,
                results,
                checksum,
                cpuSeconds,
                gcSeconds,
                checkpoints);
    }
}
