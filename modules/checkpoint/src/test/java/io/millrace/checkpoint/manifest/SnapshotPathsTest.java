// SPDX-License-Identifier: Apache-2.0
package io.millrace.checkpoint.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.checkpoint.manifest.SnapshotPaths.Location;
import io.millrace.checkpoint.storage.StoragePath;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SnapshotPathsTest {
    private static final SnapshotPaths PATHS = new SnapshotPaths("3f2b-11", 3, 17);

    @Test
    void namesAreReadable() {
        assertThat(PATHS.directory()).isEqualTo("3f2b-11/epoch-3/checkpoint-17");
        assertThat(PATHS.jobManifest()).isEqualTo("3f2b-11/epoch-3/checkpoint-17/job.manifest");
        assertThat(PATHS.subtaskManifest("in.splits", 0))
                .isEqualTo("3f2b-11/epoch-3/checkpoint-17/in.splits-0.manifest");
        assertThat(PATHS.run("count", 4, "count words", 2))
                .isEqualTo("3f2b-11/epoch-3/checkpoint-17/count-4-count_20words-2.run");
        assertThat(PATHS.part("count", 4, "a-b_c", "ü"))
                .isEqualTo("3f2b-11/epoch-3/checkpoint-17/count-4-a_2db_5fc-_u00fc.part");
    }

    @Test
    void idsThatWouldLeaveTheDirectoryAreEscaped() {
        for (String id : List.of("..", ".", "../../etc/passwd", "/", "a/b", "\u0000", ".hidden", "\\", "~")) {
            SnapshotPaths hostile = new SnapshotPaths(id, 0, 0);
            for (String path : List.of(hostile.jobManifest(), hostile.part(id, 0, id, id), hostile.run(id, 0, id, 0))) {
                assertThat(StoragePath.check(path).split("/")).hasSize(4);
                assertThat(SnapshotPaths.locate(path)).get().matches(location -> location.isOfJob(id));
            }
        }
    }

    @Test
    void refusesWhatIsNoName() {
        assertThatThrownBy(() -> new SnapshotPaths("", 0, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new SnapshotPaths("j", -1, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new SnapshotPaths("j", 0, -1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> PATHS.subtaskManifest("v", -1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> PATHS.subtaskManifest("", 0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Property(tries = 500)
    void everyIdGivesAValidPathThatIsFoundAgain(
            @ForAll("ids") String job,
            @ForAll("ids") String vertex,
            @ForAll("ids") String operator,
            @ForAll("ids") String part,
            @ForAll @LongRange(min = 0) long epoch,
            @ForAll @LongRange(min = 0) long checkpoint,
            @ForAll @IntRange(min = 0) int index) {
        SnapshotPaths paths = new SnapshotPaths(job, epoch, checkpoint);
        for (String path : List.of(
                paths.jobManifest(),
                paths.subtaskManifest(vertex, index),
                paths.run(vertex, index, operator, index),
                paths.part(vertex, index, operator, part))) {
            StoragePath.check(path);
            Location location = SnapshotPaths.locate(path).orElseThrow();
            assertThat(location.isOfJob(job)).isTrue();
            assertThat(location.epoch()).isEqualTo(epoch);
            assertThat(location.checkpointId()).isEqualTo(checkpoint);
            assertThat(path).endsWith("/" + location.fileName()).startsWith(paths.directory());
        }
    }

    @Property(tries = 1000)
    void differentIdsNeverMeet(@ForAll("ids") String a, @ForAll("ids") String b) {
        assertThat(EscapedId.ofPart(a).equals(EscapedId.ofPart(b))).isEqualTo(a.equals(b));
        assertThat(EscapedId.ofSegment(a).equals(EscapedId.ofSegment(b))).isEqualTo(a.equals(b));
    }

    /** Names of few characters, all of them separators or parts of escapes, so that joins would collide if any could. */
    @Property(tries = 2000)
    void differentFilesOfACheckpointNeverMeet(
            @ForAll("tricky") String vertexA,
            @ForAll("tricky") String operatorA,
            @ForAll @IntRange(max = 11) int indexA,
            @ForAll("tricky") String vertexB,
            @ForAll("tricky") String operatorB,
            @ForAll @IntRange(max = 11) int indexB) {
        boolean same = vertexA.equals(vertexB) && operatorA.equals(operatorB) && indexA == indexB;
        assertThat(PATHS.run(vertexA, indexA, operatorA, 0).equals(PATHS.run(vertexB, indexB, operatorB, 0)))
                .isEqualTo(same);
        assertThat(PATHS.part(vertexA, indexA, operatorA, "0").equals(PATHS.part(vertexB, indexB, operatorB, "0")))
                .isEqualTo(same);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "job",
                "job/epoch-1/checkpoint-1",
                "job/epoch-1/checkpoint-1/",
                "job/epoch-1/checkpoint-1/a/b",
                "job/epoch-01/checkpoint-1/a",
                "job/epoch-1/checkpoint--1/a",
                "job/epoch-/checkpoint-1/a",
                "job/epoch-1/checkpoint-9999999999999999999/a",
                "job/checkpoint-1/epoch-1/a",
                "x/job/epoch-1/checkpoint-1/a",
                "job/epoch-1/savepoint-1/a"
            })
    void otherPathsAreNotLocated(String path) {
        assertThat(SnapshotPaths.locate(path)).isEmpty();
    }

    @Provide
    Arbitrary<String> ids() {
        return Arbitraries.oneOf(
                Arbitraries.strings().ofMinLength(1).ofMaxLength(40),
                Arbitraries.strings().all().ofMinLength(50).ofMaxLength(300),
                tricky());
    }

    @Provide
    Arbitrary<String> tricky() {
        return Arbitraries.strings().withChars("-_.01hu2d").ofMinLength(1).ofMaxLength(4);
    }
}
