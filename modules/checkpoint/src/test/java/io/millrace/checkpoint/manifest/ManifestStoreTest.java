// SPDX-License-Identifier: Apache-2.0
package io.millrace.checkpoint.manifest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import io.millrace.checkpoint.storage.CorruptSnapshotException;
import io.millrace.checkpoint.storage.LocalSnapshotStorage;
import io.millrace.checkpoint.storage.StoredFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ManifestStoreTest {
    @TempDir
    Path root;

    private LocalSnapshotStorage storage;
    private ManifestStore store;

    @BeforeEach
    void open() throws IOException {
        storage = new LocalSnapshotStorage(root);
        store = new ManifestStore(storage);
    }

    @Test
    void readsBackASubtaskManifest() throws IOException {
        StoredFile file = store.write("j/count-1.manifest", Manifests.subtask());
        assertThat(store.readSubtask(file)).isEqualTo(Manifests.subtask());
    }

    @Test
    void readsBackAJobManifest() throws IOException {
        StoredFile file = store.write("j/job.manifest", Manifests.job());
        assertThat(store.readJob(file)).isEqualTo(Manifests.job());
    }

    @Test
    void equalManifestsHaveEqualBytesWhateverTheOrderOfTheirMaps() throws IOException {
        JobManifest job = Manifests.job();
        Map<String, String> reversed = new TreeMap<String, String>(java.util.Comparator.reverseOrder());
        reversed.putAll(job.fingerprint());
        JobManifest same = new JobManifest(
                job.formatVersion(),
                job.jobId(),
                job.jobName(),
                job.checkpointId(),
                job.epoch(),
                job.kind(),
                job.timestampMs(),
                job.maxParallelism(),
                reversed,
                job.vertices());

        assertThat(ManifestJson.write(same)).isEqualTo(ManifestJson.write(job));
        String json = new String(ManifestJson.write(job), UTF_8);
        assertThat(json.indexOf("class com.acme")).isLessThan(json.indexOf("vertex 0"));
    }

    /** The stored format itself: it changes only together with the format version. */
    @Test
    void theFormOfASubtaskManifestIsFixed() throws IOException {
        SubtaskManifest manifest = new SubtaskManifest(
                2,
                "j",
                "v",
                0,
                1,
                2,
                List.of(new OperatorState(
                        "o",
                        0,
                        4,
                        List.of(new StoredFile("r", 1, 2)),
                        Map.of("p", new StoredFile("q", 3, 4294967295L)))),
                List.of(-5L),
                List.of(ChannelStatus.IDLE));

        assertThat(new String(ManifestJson.write(manifest), UTF_8))
                .isEqualToIgnoringWhitespace("{\"formatVersion\":2,\"jobId\":\"j\",\"vertexId\":\"v\","
                        + "\"subtaskIndex\":0,\"epoch\":1,\"checkpointId\":2,\"operators\":[{\"operatorId\":\"o\","
                        + "\"firstKeyGroup\":0,\"endKeyGroup\":4,\"runs\":[{\"path\":\"r\",\"length\":1,\"crc32c\":2}],"
                        + "\"parts\":{\"p\":{\"path\":\"q\",\"length\":3,\"crc32c\":4294967295}}}],"
                        + "\"channelWatermarks\":[-5],\"channelStatuses\":[\"IDLE\"]}");
    }

    @Test
    void theFormOfAJobManifestIsFixed() throws IOException {
        JobManifest manifest = new JobManifest(
                1,
                "j",
                "n",
                2,
                1,
                CheckpointKind.FINAL,
                9,
                8,
                Map.of("f", "x"),
                List.of(new VertexState("v", 1, List.of("o"), List.of(new StoredFile("m", 1, 2)))));

        assertThat(new String(ManifestJson.write(manifest), UTF_8))
                .isEqualToIgnoringWhitespace("{\"formatVersion\":1,\"jobId\":\"j\",\"jobName\":\"n\","
                        + "\"checkpointId\":2,\"epoch\":1,\"kind\":\"FINAL\",\"timestampMs\":9,\"maxParallelism\":8,"
                        + "\"fingerprint\":{\"f\":\"x\"},\"vertices\":[{\"vertexId\":\"v\",\"parallelism\":1,"
                        + "\"operatorIds\":[\"o\"],\"subtasks\":[{\"path\":\"m\",\"length\":1,\"crc32c\":2}]}]}");
    }

    @Test
    void everyFlippedByteInStorageIsCorrupt() throws IOException {
        StoredFile file = store.write("job.manifest", Manifests.job());
        byte[] good = Files.readAllBytes(root.resolve("job.manifest"));
        for (int i = 0; i < good.length; i++) {
            byte[] bad = good.clone();
            bad[i] ^= 0x01;
            Files.write(root.resolve("job.manifest"), bad);
            assertThatThrownBy(() -> store.readJob(file))
                    .isInstanceOf(CorruptSnapshotException.class)
                    .hasMessageContaining("job.manifest");
        }
    }

    @Test
    void everyTruncationInStorageIsCorrupt() throws IOException {
        StoredFile file = store.write("s.manifest", Manifests.subtask());
        byte[] good = Files.readAllBytes(root.resolve("s.manifest"));
        for (int length = 0; length < good.length; length++) {
            Files.write(root.resolve("s.manifest"), Arrays.copyOf(good, length));
            assertThatThrownBy(() -> store.readSubtask(file))
                    .isInstanceOf(CorruptSnapshotException.class)
                    .hasMessageContaining("s.manifest");
        }
    }

    /** Behind a handle whose checksum fits, such as one of a buggy writer: the parser is on its own. */
    @Test
    void theParserTurnsAnyDamageIntoAManifestOrACorruptSnapshotException() throws IOException {
        byte[] good = ManifestJson.write(Manifests.subtask());
        int refused = 0;
        for (int i = 0; i < good.length; i++) {
            for (int flip : new int[] {0x01, 0x10, 0x80, 0xff}) {
                byte[] bad = good.clone();
                bad[i] ^= (byte) flip;
                refused += refusesSubtask(bad) ? 1 : 0;
            }
        }
        assertThat(refused).isGreaterThan(good.length);
    }

    @Test
    void theParserRefusesEveryTruncation() throws IOException {
        byte[] subtask = ManifestJson.write(Manifests.subtask());
        for (int length = 0; length < subtask.length; length++) {
            assertThat(refusesSubtask(Arrays.copyOf(subtask, length))).isTrue();
        }
        byte[] job = ManifestJson.write(Manifests.job());
        for (int length = 0; length < job.length; length++) {
            byte[] bad = Arrays.copyOf(job, length);
            assertThatThrownBy(() -> ManifestJson.readJob("f", bad)).isInstanceOf(CorruptSnapshotException.class);
        }
    }

    private static boolean refusesSubtask(byte[] json) {
        try {
            ManifestJson.readSubtask("f", json);
            return false;
        } catch (CorruptSnapshotException e) {
            assertThat(e).hasMessageContaining("Manifest f");
            return true;
        } catch (RuntimeException | Error e) {
            return fail("Escaped for " + new String(json, UTF_8), e);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"formatVersion\" : 2 | \"formatVersion\" : 1 | field formatVersion: expected 2, found 1",
                "\"formatVersion\" : 2 | \"formatVersion\" : \"1\" | field formatVersion: expected a whole number",
                "\"formatVersion\" : 2 | \"formatVersion\" : 4294967297 | field formatVersion: expected a whole",
                "\"formatVersion\" : 2, | `` | field formatVersion: missing",
                "\"subtaskIndex\" : 1 | \"subtaskIndex\" : -1 | field subtaskIndex: expected at least 0, found -1",
                "\"subtaskIndex\" : 1 | \"subtaskIndex\" : 1.5 | field subtaskIndex: expected a whole number",
                "\"subtaskIndex\" : 1 | \"index\" : 1 | field subtaskIndex: missing",
                "\"epoch\" : 3 | \"epoch\" : null | field epoch: expected a whole number of 64 bits, found null",
                "\"epoch\" : 3 | \"epoch\" : 99999999999999999999 | field epoch: expected a whole number",
                "\"epoch\" : 3 | \"epoch\" : 3, \"more\" : 1 | field more: expected no such field",
                "\"epoch\" : 3 | \"epoch\" : 3, \"epoch\" : 3 | cannot be read as JSON",
                "\"vertexId\" : \"count\" | \"vertexId\" : \"\" | field vertexId: expected a text",
                "\"vertexId\" : \"count\" | \"vertexId\" : [] | field vertexId: expected a text, found array",
                "\"firstKeyGroup\" : 64 | \"firstKeyGroup\" : 129 | field operators[0].endKeyGroup: expected at least 129",
                "j/e/old.run | ../old.run | field operators[0].runs[1].Snapshot path",
                "j/e/old.run | /etc/passwd | field operators[0].runs[1].Snapshot path",
                "\"length\" : 11 | \"length\" : -1 | field operators[0].runs[0].length: expected at least 0",
                "\"crc32c\" : 4294967280 | \"crc32c\" : 4294967296 | crc32c: expected at most 4294967295",
                "\"crc32c\" : 4294967280 | \"crc32c\" : -1 | crc32c: expected at least 0",
                "\"operatorId\" : \"print\" | \"operatorId\" : \"count\" | field operators: expected each operator once",
                "-9223372036854775808 | true | field channelWatermarks[0]: expected a whole number",
                "\"IDLE\" | \"LAZY\" | field channelStatuses[1]: expected one of [ACTIVE, IDLE, FINISHED]",
                "-9223372036854775808 | -9223372036854775809 | field channelWatermarks[0]: expected a whole number",
            })
    void namesFileAndFieldOfABadSubtaskManifest(String from, String to, String message) throws IOException {
        String good = new String(ManifestJson.write(Manifests.subtask()), UTF_8);
        assertThat(good).contains(from);
        byte[] bad = good.replace(from, to).getBytes(UTF_8);

        assertThatThrownBy(() -> ManifestJson.readSubtask("dir/s.manifest", bad))
                .isInstanceOf(CorruptSnapshotException.class)
                .hasMessageContaining("Manifest dir/s.manifest")
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"SAVEPOINT\" | \"SNAPSHOT\" | field kind: expected one of [CHECKPOINT, SAVEPOINT, FINAL]",
                "\"maxParallelism\" : 128 | \"maxParallelism\" : 0 | field maxParallelism: expected at least 1",
                "\"abc\" | 7 | field fingerprint.vertex 0 (in): expected a text, found 7",
                "\"parallelism\" : 2 | \"parallelism\" : 3 | field vertices[1].subtasks: expected one manifest for each",
                "\"print\" | {} | field vertices[1].operatorIds[1]: expected a text",
                "\"vertexId\" : \"in.splits\" | \"vertexId\" : \"count\" | field vertices: expected each vertex once",
                "\"fingerprint\" : { | \"fingerprint\" : [], \"x\" : { | field fingerprint: expected an object",
            })
    void namesFileAndFieldOfABadJobManifest(String from, String to, String message) throws IOException {
        String good = new String(ManifestJson.write(Manifests.job()), UTF_8);
        assertThat(good).contains(from);
        byte[] bad = good.replace(from, to).getBytes(UTF_8);

        assertThatThrownBy(() -> ManifestJson.readJob("job.manifest", bad))
                .isInstanceOf(CorruptSnapshotException.class)
                .hasMessageContaining("Manifest job.manifest")
                .hasMessageContaining(message);
    }

    @Test
    void refusesWhatIsNoObjectOrMoreThanOne() throws IOException {
        String job = new String(ManifestJson.write(Manifests.job()), UTF_8);
        for (String json : List.of("", " ", "null", "[]", "1", "\"x\"", job + "{}", job + "x", "[".repeat(100_000))) {
            assertThatThrownBy(() -> ManifestJson.readJob("f", json.getBytes(UTF_8)))
                    .as(json.substring(0, Math.min(20, json.length())))
                    .isInstanceOf(CorruptSnapshotException.class);
        }
    }

    @Test
    void oneKindOfManifestIsNotTheOther() throws IOException {
        StoredFile file = store.write("job.manifest", Manifests.job());
        assertThatThrownBy(() -> store.readSubtask(file)).isInstanceOf(CorruptSnapshotException.class);
    }

    @Test
    void refusesAHandleOfAnAbsurdSizeUnread() {
        assertThatThrownBy(() -> store.readJob(new StoredFile("job.manifest", Long.MAX_VALUE, 0)))
                .isInstanceOf(CorruptSnapshotException.class)
                .hasMessageContaining("said to have");
    }

    @Test
    void collectsAllThatACheckpointNeeds() throws IOException {
        StoredFile subtask = store.write("j/count-1.manifest", Manifests.subtask());
        StoredFile job = store.write("j/job.manifest", jobOf(subtask));

        assertThat(store.referencedPaths(job))
                .containsExactlyInAnyOrder(
                        "j/job.manifest",
                        "j/count-1.manifest",
                        "j/e/new.run",
                        "j/e/old.run",
                        "j/e/watermark.part",
                        "j/e/buffer.part");

        storage.delete(List.of("j/count-1.manifest"));
        assertThatThrownBy(() -> store.referencedPaths(job)).isInstanceOf(CorruptSnapshotException.class);
    }

    private static JobManifest jobOf(StoredFile subtask) {
        return new JobManifest(
                1,
                Manifests.JOB,
                "n",
                17,
                3,
                CheckpointKind.CHECKPOINT,
                0,
                128,
                Map.of(),
                List.of(new VertexState("count", 1, List.of("count"), List.of(subtask))));
    }
}
