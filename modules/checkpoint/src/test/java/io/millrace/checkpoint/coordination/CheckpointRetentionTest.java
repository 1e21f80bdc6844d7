// SPDX-License-Identifier: Apache-2.0
package io.millrace.checkpoint.coordination;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.checkpoint.manifest.CheckpointKind;
import io.millrace.checkpoint.manifest.SnapshotPaths;
import io.millrace.checkpoint.manifest.SnapshotPaths.Location;
import io.millrace.checkpoint.storage.StoredFile;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class CheckpointRetentionTest {
    private static final String JOB = "job/1";

    @Test
    void orphansAreFilesThatNoRetainedCheckpointNeeds() {
        String subsumed = run(1, 3, 0);
        String stillReferenced = run(1, 3, 1);
        String aborted = run(2, 4, 0);
        String retainedRun = run(2, 5, 0);
        String abandonedOfRetained = run(2, 5, 9);
        RetainedCheckpoint retained = retained(2, 5, stillReferenced, retainedRun);
        String manifest = retained.checkpoint().manifest().path();

        SweepDecision decision = sweep(
                2,
                List.of(retained),
                List.of(subsumed, stillReferenced, aborted, retainedRun, abandonedOfRetained, manifest));

        assertThat(decision.orphans()).containsExactly(subsumed, aborted, abandonedOfRetained);
        assertThat(decision.heldBackBecause()).isNull();
    }

    @Test
    void nothingIsDeletedWhileARetainedCheckpointIsUnreadable() {
        CompletedCheckpoint unreadable = retained(1, 3).checkpoint();
        SweepDecision decision =
                sweep(2, List.of(RetainedCheckpoint.unreadable(unreadable), retained(2, 5)), List.of(run(1, 1, 0)));

        assertThat(decision.orphans()).isEmpty();
        assertThat(decision.heldBackBecause())
                .contains("checkpoint 3", JOB, unreadable.manifest().path());
    }

    @Test
    void nothingNewerThanTheNewestCompletedIsDeleted() {
        List<String> stored = List.of(run(2, 6, 0), run(2, 7, 0), run(1, 6, 0), run(3, 1, 0));
        assertThat(sweep(2, List.of(retained(2, 5)), stored).orphans()).isEmpty();
    }

    @Test
    void nothingIsDeletedBeforeTheEpochsFirstCompletedCheckpoint() {
        SweepDecision decision = sweep(2, List.of(retained(1, 5)), List.of(run(1, 1, 0), run(2, 6, 0)));
        assertThat(decision.orphans()).isEmpty();
        assertThat(decision.heldBackBecause()).contains("epoch 2", "no completed checkpoint yet");
        assertThat(sweep(2, List.of(), List.of(run(1, 1, 0))).orphans()).isEmpty();
    }

    @Test
    void aCoordinatorOfAnOldEpochDeletesNothing() {
        SweepDecision decision = sweep(2, List.of(retained(2, 5), retained(3, 8)), List.of(run(2, 4, 0)));
        assertThat(decision.orphans()).isEmpty();
        assertThat(decision.heldBackBecause()).contains("epoch 3", "later");
    }

    @Test
    void thePendingCheckpointIsLeftAlone() {
        SweepDecision decision = CheckpointRetention.orphans(
                JOB, 2, OptionalLong.of(4), List.of(retained(2, 5)), List.of(run(2, 4, 0), run(2, 3, 0)));
        assertThat(decision.orphans()).containsExactly(run(2, 3, 0));
    }

    @Test
    void otherJobsAndForeignFilesAreLeftAlone() {
        List<String> stored = List.of(
                new SnapshotPaths("job", 1, 1).run("v", 0, "o", 0),
                new SnapshotPaths("job/11", 1, 1).run("v", 0, "o", 0),
                new SnapshotPaths("job/1/", 1, 1).run("v", 0, "o", 0),
                SnapshotPaths.jobDirectory(JOB) + "/notes.txt",
                SnapshotPaths.jobDirectory(JOB) + "/epoch-1/checkpoint-1/deeper/file",
                "epoch-1/checkpoint-1/x");
        assertThat(sweep(2, List.of(retained(2, 5)), stored).orphans()).isEmpty();
    }

    private record StoredRun(String job, int epoch, int checkpoint, int number) {
        String path() {
            return new SnapshotPaths(job, epoch, checkpoint).run("v", 0, "o", number);
        }
    }

    @Provide
    Arbitrary<StoredRun> runs() {
        return Combinators.combine(
                        Arbitraries.of(JOB, JOB, JOB, "other"),
                        Arbitraries.integers().between(0, 4),
                        Arbitraries.integers().between(0, 8),
                        Arbitraries.integers().between(0, 2))
                .as(StoredRun::new);
    }

    @Property(tries = 1000)
    void whateverIsDeletedWasSafeToDelete(
            @ForAll @Size(max = 40) List<@From("runs") StoredRun> stored,
            @ForAll @Size(max = 10) List<@From("runs") StoredRun> referenced,
            @ForAll @IntRange(max = 4) int epoch,
            @ForAll @IntRange(min = 1, max = 7) int newest,
            @ForAll boolean readable) {
        Set<String> needed = new HashSet<>();
        referenced.forEach(run -> needed.add(run.path()));
        RetainedCheckpoint older = retained(0, 0);
        RetainedCheckpoint last = new RetainedCheckpoint(retained(epoch, newest).checkpoint(), needed);
        List<RetainedCheckpoint> retained = new ArrayList<>(List.of(last));
        retained.add(readable ? older : RetainedCheckpoint.unreadable(older.checkpoint()));
        List<String> paths = stored.stream().map(StoredRun::path).toList();

        SweepDecision decision = sweep(epoch, retained, paths);

        Set<String> orphans = new HashSet<>(decision.orphans());
        for (StoredRun run : stored) {
            boolean safe = readable
                    && run.job().equals(JOB)
                    && run.checkpoint() <= newest
                    && run.epoch() <= epoch
                    && !needed.contains(run.path());
            assertThat(orphans.contains(run.path())).as(run.path()).isEqualTo(safe);
        }
        assertThat(paths).containsAll(orphans);
        assertThat(orphans).allMatch(path -> SnapshotPaths.locate(path)
                .map(Location::checkpointId)
                .filter(id -> id <= newest)
                .isPresent());
    }

    private static SweepDecision sweep(long epoch, List<RetainedCheckpoint> retained, List<String> stored) {
        return CheckpointRetention.orphans(JOB, epoch, OptionalLong.empty(), retained, stored);
    }

    private static RetainedCheckpoint retained(long epoch, long id, String... referenced) {
        StoredFile manifest = new StoredFile(new SnapshotPaths(JOB, epoch, id).jobManifest(), 1, 1);
        return new RetainedCheckpoint(
                new CompletedCheckpoint(id, epoch, CheckpointKind.CHECKPOINT, manifest), Set.of(referenced));
    }

    private static String run(long epoch, long checkpoint, int number) {
        return new SnapshotPaths(JOB, epoch, checkpoint).run("v", 0, "o", number);
    }
}
