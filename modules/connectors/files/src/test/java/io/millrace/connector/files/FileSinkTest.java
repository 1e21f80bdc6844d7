// SPDX-License-Identifier: Apache-2.0
package io.millrace.connector.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.sink.CommitFailedException;
import io.millrace.api.sink.CommittingSinkWriter;
import io.millrace.api.sink.SinkWriterContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileSinkTest {
    private record Context(
            String jobId,
            String operatorId,
            int subtaskIndex,
            int parallelism,
            long epoch,
            long restoredCheckpointId,
            Executor ioExecutor)
            implements SinkWriterContext {
        static Context of(long epoch, long restoredCheckpointId) {
            return new Context("job-1", "out", 0, 1, epoch, restoredCheckpointId, Runnable::run);
        }

        Context subtask(int index, int of) {
            return new Context(jobId, operatorId, index, of, epoch, restoredCheckpointId, ioExecutor);
        }

        Context job(String id, String operator) {
            return new Context(id, operator, subtaskIndex, parallelism, epoch, restoredCheckpointId, ioExecutor);
        }

        Context on(Executor executor) {
            return new Context(jobId, operatorId, subtaskIndex, parallelism, epoch, restoredCheckpointId, executor);
        }

        @Override
        public String jobName() {
            return "delays";
        }
    }

    @TempDir
    Path temp;

    private Path out() {
        return temp.resolve("deep/out");
    }

    private FileSink<String> sink() {
        return FileSink.lines(out().toString());
    }

    private CommittingSinkWriter<String, FileCommittable> writer(Context context) throws Exception {
        return sink().createWriter(context);
    }

    private static List<FileCommittable> barrier(CommittingSinkWriter<String, FileCommittable> writer, long id)
            throws Exception {
        writer.flush(false);
        return writer.prepareCommit(id).toCompletableFuture().join();
    }

    private List<FileCommittable> prepared(Context context, long id, String... lines) throws Exception {
        CommittingSinkWriter<String, FileCommittable> writer = writer(context);
        for (String line : lines) {
            writer.write(line, 0);
        }
        List<FileCommittable> committables = barrier(writer, id);
        writer.close();
        return committables;
    }

    private void commit(List<FileCommittable> committables) throws Exception {
        sink().createCommitter(Context.of(1, 0)).commit(committables);
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(out())) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void showsOutputOnlyOnceItIsCommitted() throws Exception {
        CommittingSinkWriter<String, FileCommittable> writer = writer(Context.of(1, 0));
        writer.write("one", 0);
        writer.write("tw\u00f6", 0);
        List<FileCommittable> first = barrier(writer, 1);
        writer.write("three", 0);
        List<FileCommittable> second = barrier(writer, 2);

        assertThat(files()).containsExactly(".part-job.1-out-1-0-0.pending", ".part-job.1-out-1-0-1.pending");
        commit(first);
        assertThat(files()).containsExactly(".part-job.1-out-1-0-1.pending", "part-job.1-out-1-0-1");
        commit(second);

        assertThat(files()).containsExactly("part-job.1-out-1-0-1", "part-job.1-out-1-0-2");
        assertThat(Files.readString(out().resolve("part-job.1-out-1-0-1"))).isEqualTo("one\ntw\u00f6\n");
        assertThat(Files.readString(out().resolve("part-job.1-out-1-0-2"))).isEqualTo("three\n");
    }

    @Test
    void makesNoEmptyFiles() throws Exception {
        CommittingSinkWriter<String, FileCommittable> writer = writer(Context.of(1, 0));
        assertThat(barrier(writer, 1)).isEmpty();
        writer.write("x", 0);
        assertThat(barrier(writer, 2)).hasSize(1);
        assertThat(barrier(writer, 3)).isEmpty();
        writer.close();
        assertThat(files()).containsExactly(".part-job.1-out-1-0-1.pending");
    }

    @Test
    void writesLinesLongerThanItsBuffer() throws Exception {
        String line = "0123456789".repeat(20_000);
        List<FileCommittable> committables = prepared(Context.of(1, 0), 1, "a", line, "b");
        commit(committables);

        Path file = out().resolve(committables.get(0).finalName());
        assertThat(Files.readAllLines(file)).containsExactly("a", line, "b");
        assertThat(committables.get(0).length()).isEqualTo(Files.size(file));
    }

    @Test
    void makesFilesDurableOnTheIoExecutor() throws Exception {
        Deque<Runnable> tasks = new ArrayDeque<>();
        CommittingSinkWriter<String, FileCommittable> writer =
                writer(Context.of(1, 0).on(tasks::add));
        writer.write("x", 0);
        var prepared = writer.prepareCommit(1).toCompletableFuture();
        assertThat(prepared).isNotDone();
        // The next file may be begun meanwhile.
        writer.write("y", 0);
        tasks.remove().run();
        assertThat(prepared.join()).hasSize(1);
    }

    @Test
    void commitsAgainWithoutHarm() throws Exception {
        List<FileCommittable> committables = prepared(Context.of(1, 0), 1, "one");
        commit(committables);
        commit(committables);
        assertThat(files()).containsExactly("part-job.1-out-1-0-1");
    }

    @Test
    void neverTakesLossOrDamageForSuccess() throws Exception {
        List<FileCommittable> lost = prepared(Context.of(1, 0), 1, "one");
        Files.delete(out().resolve(lost.get(0).pendingName()));
        assertThatThrownBy(() -> commit(lost))
                .isInstanceOf(CommitFailedException.class)
                .hasMessageContaining("Output is lost")
                .hasMessageContaining(lost.get(0).finalName());

        List<FileCommittable> cut = prepared(Context.of(1, 0), 2, "one");
        Files.writeString(out().resolve(cut.get(0).pendingName()), "on");
        assertThatThrownBy(() -> commit(cut))
                .isInstanceOf(CommitFailedException.class)
                .hasMessageContaining("has 2 bytes; the checkpoint says that 4");

        Files.move(
                out().resolve(cut.get(0).pendingName()),
                out().resolve(cut.get(0).finalName()));
        assertThatThrownBy(() -> commit(cut)).isInstanceOf(CommitFailedException.class);
    }

    @Test
    void neverOverwritesACommittedFile() throws Exception {
        List<FileCommittable> committables = prepared(Context.of(1, 0), 1, "one");
        Path committed = out().resolve(committables.get(0).finalName());
        Files.writeString(committed, "foreign");
        assertThatThrownBy(() -> commit(committables)).isInstanceOf(CommitFailedException.class);
        assertThat(committed).hasContent("foreign");
    }

    @Test
    void refusesAFreshStartOnOutputThatIsThere() throws Exception {
        commit(prepared(Context.of(1, 0), 1, "one"));
        for (long epoch : new long[] {1, 2}) {
            assertThatThrownBy(() -> writer(Context.of(epoch, 0)))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("'" + out() + "' is not empty: it holds 'part-job.1-out-1-0-1'")
                    .hasMessageContaining("Job 'delays'")
                    .hasMessageContaining("Choose an empty directory");
        }
        writer(Context.of(2, 1)).close();
    }

    @Test
    void deletesWhatNoCheckpointCountsOn() throws Exception {
        CommittingSinkWriter<String, FileCommittable> crashed = writer(Context.of(1, 0));
        crashed.write("in checkpoint 1", 0);
        List<FileCommittable> one = barrier(crashed, 1);
        crashed.write("in checkpoint 2", 0);
        List<FileCommittable> two = barrier(crashed, 2);
        crashed.write("in checkpoint 3, which never completed", 0);
        barrier(crashed, 3);
        crashed.write("in none", 0);
        crashed.flush(false);
        assertThat(files()).hasSize(4);

        // Checkpoint 2 is complete, yet neither commit was made: the writer comes first, then the commits.
        CommittingSinkWriter<String, FileCommittable> restored = writer(Context.of(2, 2));

        assertThat(files()).containsExactly(one.get(0).pendingName(), two.get(0).pendingName());
        commit(one);
        commit(two);
        restored.write("in checkpoint 3 again", 0);
        commit(barrier(restored, 3));
        assertThat(files()).containsExactly("part-job.1-out-1-0-1", "part-job.1-out-1-0-2", "part-job.1-out-2-0-3");
    }

    @Test
    void leavesOthersFilesAlone() throws Exception {
        prepared(Context.of(3, 0), 1, "of a later epoch");
        prepared(Context.of(1, 0).job("job-2", "out"), 1, "of another job");
        prepared(Context.of(1, 0).job("job-1", "out-2"), 1, "of another operator");
        prepared(Context.of(1, 0).job("job", "1-out"), 1, "of names that look alike");
        prepared(Context.of(1, 0).subtask(1, 2), 1, "of another subtask");
        Files.writeString(out().resolve(".part-job.1-out-1-0-x.pending"), "of no number");
        List<String> before = files();
        assertThat(before).hasSize(6);

        writer(Context.of(2, 0).subtask(0, 2));
        assertThat(files()).isEqualTo(before);
    }

    @Test
    void cleansUpAfterSubtasksThatAreNoMore() throws Exception {
        prepared(Context.of(1, 0).subtask(3, 4), 1, "x");
        writer(Context.of(2, 0).subtask(0, 2));
        assertThat(files()).hasSize(1);
        writer(Context.of(2, 0).subtask(1, 2));
        assertThat(files()).isEmpty();
    }

    @Test
    void dropsAFileThatNoBarrierClosed() throws Exception {
        CommittingSinkWriter<String, FileCommittable> writer = writer(Context.of(1, 0));
        writer.write("x", 0);
        assertThat(files()).hasSize(1);
        writer.close();
        assertThat(files()).isEmpty();
    }

    @Test
    void saysThatTheDirectoryCannotBeMade() throws Exception {
        Files.writeString(temp.resolve("deep"), "a file where a directory should be");
        assertThatThrownBy(() -> writer(Context.of(1, 0)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("The output directory '" + out() + "' cannot be made")
                .hasMessageContaining("Choose another one");
    }

    @Test
    void makesIdsSafeOneToOne() {
        assertThat(PartNames.safe("job-1")).isEqualTo("job.1");
        assertThat(Stream.of("a-b", "a.b", "a_b", "a__b", "a/b", "a_x002fb", "../b", "a b")
                        .map(PartNames::safe))
                .doesNotHaveDuplicates()
                .allMatch(name -> name.matches("[A-Za-z0-9._]+"));
    }

    @Test
    void keepsCommittablesThroughTheirBytes() throws Exception {
        FileCommittable committable = new FileCommittable(".a.pending", "a", 42);
        var serializer = sink().committableSerializer();
        assertThat(serializer.deserialize(1, serializer.serialize(committable))).isEqualTo(committable);
        assertThatThrownBy(() -> serializer.deserialize(2, new byte[0])).hasMessageContaining("version 2");
    }

    @Test
    void committedFilesOfCheckpointsThatTheJobFellBackPastAreHidden() throws Exception {
        Files.createDirectories(out());
        String kept = "part-job.1-out-1-0-3";
        String overtaken = "part-job.1-out-1-0-4";
        String ofAnotherSubtask = "part-job.1-out-1-1-4";
        String ofAnotherJob = "part-job.2-out-1-0-4";
        for (String name : List.of(kept, overtaken, ofAnotherSubtask, ofAnotherJob)) {
            Files.writeString(out().resolve(name), "x\n");
        }

        sink().createWriter(Context.of(2, 3).subtask(0, 2)).close();

        assertThat(out().resolve(kept)).exists();
        assertThat(out().resolve(overtaken)).doesNotExist();
        assertThat(out().resolve(".withdrawn-" + overtaken)).exists();
        assertThat(out().resolve(ofAnotherSubtask)).exists();
        assertThat(out().resolve(ofAnotherJob)).exists();
    }

    @Test
    void aRecordWithALineBreakIsRefused() throws Exception {
        try (var writer = sink().createWriter(Context.of(1, 0))) {
            assertThatThrownBy(() -> writer.write("one\ntwo", 0))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("'one' ...");
        }
    }
}
