// SPDX-License-Identifier: Apache-2.0
package io.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * FlightDelays over the example data, killed by signal 9 at random moments and started again, gives what an undisturbed
 * run and a plain loop give, and nobody who reads along ever sees anything else.
 *
 * <p>{@code -Dkills.count=10} kills more often, {@code -Dkills.seed=N} repeats the moments of an earlier run.
 */
class KillAndResumeTest {
    private static final int KILLS = Integer.getInteger("kills.count", 4);
    private static final long SEED = Long.getLong("kills.seed", System.nanoTime());

    /** The data's month in about 13 seconds. */
    private static final String SPEEDUP = "200000";

    private static final int REPLAY_MS = 13_000;
    private static final int INTERVAL_MS = 500;
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    /** When to kill a process. */
    private enum Moment {
        /** While it starts, restores and gets going. */
        START_UP,
        /** Any time after it has completed a checkpoint. */
        ANY,
        /** Within milliseconds of a manifest's appearance: about the journal's entry and the commit of the sinks. */
        COMMIT
    }

    @TempDir
    Path temp;

    @Test
    void killedAtRandomMomentsNothingIsLostAndNothingTwice() throws Exception {
        Random random = new Random(SEED);
        List<String> answer = FlightAnswers.ofExampleData();
        Path undisturbed = temp.resolve("undisturbed");
        try (MillraceProcess process = run("quiet", undisturbed, "--fast")) {
            assertThat(process.await(PATIENCE)).as(process.err()).isZero();
        }
        List<Moment> moments = moments(random);
        List<String> log = new ArrayList<>();
        int afterCheckpoint = 0;
        Path output = temp.resolve("killed");
        OutputReader.Findings seen;
        try (OutputReader reader = new OutputReader(output)) {
            for (Moment moment : moments) {
                afterCheckpoint += killAt(moment, output, random, moments, log) ? 1 : 0;
            }
            try (MillraceProcess process = run("node", output, "--speedup", SPEEDUP)) {
                assertThat(process.await(PATIENCE)).as(process.err()).isZero();
                log.add(process.err().lines().reduce((first, last) -> last).orElse(""));
            }
            seen = reader.finish();
        } finally {
            System.out.println("Seed " + SEED + ": " + String.join("; ", log));
        }
        System.out.println(
                "Seed " + SEED + ": " + KILLS + " kills, " + afterCheckpoint + " of them after a checkpoint; "
                        + "a reader looked " + seen.looks() + " times and saw " + seen.files() + " files");

        String repeat = "repeat with -Dkills.seed=" + SEED + " -Dkills.count=" + KILLS;
        assertThat(afterCheckpoint).as(repeat).isGreaterThanOrEqualTo((KILLS + 1) / 2);
        assertThat(seen.violations()).as(repeat).isEmpty();
        assertThat(seen.windows()).as(repeat).isEqualTo(answer.size());
        List<String> rows = OutputFiles.rows(output);
        assertThat(OutputFiles.differences(answer, rows)).as(repeat).isEmpty();
        String text = String.join("\n", rows);
        assertThat(text.equals(String.join("\n", answer))).as(repeat).isTrue();
        assertThat(text.equals(String.join("\n", OutputFiles.rows(undisturbed))))
                .as(repeat)
                .isTrue();
    }

    private static List<Moment> moments(Random random) {
        List<Moment> moments = new ArrayList<>();
        for (int i = 0; i < KILLS; i++) {
            moments.add(Moment.values()[i % 3 == 2 ? 0 : 1 + i % 3]);
        }
        Collections.shuffle(moments, random);
        return moments;
    }

    private MillraceProcess run(String dir, Path output, String... arguments) throws IOException {
        List<String> all = new ArrayList<>(List.of("run", "-c", "FlightDelays", "-p", "2", "--dir", dir));
        all.addAll(List.of("-D", "checkpointing.interval=" + INTERVAL_MS + "ms", "--", "--output", output.toString()));
        all.addAll(List.of(arguments));
        return MillraceProcess.start(temp, all.toArray(String[]::new));
    }

    /** Starts the job and kills it; whether it had completed a checkpoint in that process. */
    private boolean killAt(Moment moment, Path output, Random random, List<Moment> moments, List<String> log)
            throws Exception {
        long before = OutputFiles.newestCheckpoint(output);
        // Together the delays stay below the length of the replay, so that each kill finds the job running.
        int others = (int) moments.stream().filter(m -> m != Moment.START_UP).count();
        int mostMs = Math.max(INTERVAL_MS, REPLAY_MS / Math.max(1, others) - 800);
        try (MillraceProcess process = run("node", output, "--speedup", SPEEDUP)) {
            switch (moment) {
                case START_UP -> process.hasEndedWithin(random.nextInt(3_000));
                case ANY -> {
                    waitUntil(process, () -> OutputFiles.newestCheckpoint(output) > before);
                    process.hasEndedWithin(random.nextInt(mostMs));
                }
                case COMMIT -> {
                    long manifest = newestManifest() + 1 + random.nextInt(mostMs / INTERVAL_MS);
                    waitUntil(process, () -> OutputFiles.newestCheckpoint(output) > before);
                    waitUntil(process, () -> newestManifest() >= manifest);
                    process.hasEndedWithin(random.nextInt(15));
                }
            }
            long ageMs = process.ageMs();
            int exitCode = process.kill();
            boolean completed = OutputFiles.newestCheckpoint(output) > before;
            log.add(moment + " at " + ageMs + " ms, checkpoint " + OutputFiles.newestCheckpoint(output));
            assertThat(exitCode)
                    .as("the process was killed, and did not end by itself before; it said: " + process.err())
                    .isEqualTo(MillraceProcess.KILLED);
            return completed;
        }
    }

    @FunctionalInterface
    private interface Condition {
        boolean holds() throws IOException;
    }

    private static void waitUntil(MillraceProcess process, Condition condition) throws Exception {
        while (!condition.holds()) {
            if (process.hasEndedWithin(1) || process.ageMs() > PATIENCE.toMillis()) {
                throw new AssertionError("The job did not get to where it was to be killed. It said: " + process.err());
            }
        }
    }

    /** The newest checkpoint whose manifest is there, whether the journal knows of it or not. */
    private long newestManifest() throws IOException {
        Path job = temp.resolve("node/checkpoints/FlightDelays");
        if (!Files.isDirectory(job)) {
            return 0;
        }
        long newest = 0;
        try (Stream<Path> epochs = Files.list(job)) {
            for (Path epoch : epochs.toList()) {
                newest = Math.max(newest, newestIn(epoch));
            }
        }
        return newest;
    }

    private static long newestIn(Path epoch) {
        String[] names = epoch.toFile()
                .list((dir, name) -> Files.exists(epoch.resolve(name).resolve("job.manifest")));
        return names == null
                ? 0
                : Stream.of(names)
                        .mapToLong(name -> Long.parseLong(name.replace("checkpoint-", "")))
                        .max()
                        .orElse(0);
    }
}
