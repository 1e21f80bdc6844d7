// SPDX-License-Identifier: Apache-2.0
package io.millrace.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.sink.CommitFailedException;
import io.millrace.api.sink.CommittingSinkWriter;
import io.millrace.api.sink.SinkWriterContext;
import io.millrace.api.types.VersionedSerializer;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CollectSinkTest {
    private final String label = UUID.randomUUID().toString();
    private final CollectSink<String> sink = new CollectSink<>(label);

    @AfterEach
    void forget() {
        CollectSink.forget(label);
    }

    @Test
    void showsWhatIsCommittedAndNothingElse() throws Exception {
        Context context = new Context(1, 0);
        CommittingSinkWriter<String, CollectSink.Part> writer = sink.createWriter(context);
        writer.write("a", 0);
        List<CollectSink.Part> first = prepare(writer, 1);
        writer.write("b", 0);
        prepare(writer, 2);
        assertThat(CollectSink.<String>committed(label)).isEmpty();
        sink.createCommitter(context).commit(first);
        assertThat(CollectSink.<String>committed(label)).containsExactly("a");
    }

    @Test
    void committingAgainChangesNothing() throws Exception {
        Context context = new Context(1, 0);
        CommittingSinkWriter<String, CollectSink.Part> writer = sink.createWriter(context);
        writer.write("a", 0);
        List<CollectSink.Part> parts = prepare(writer, 1);
        sink.createCommitter(context).commit(parts);
        sink.createCommitter(new Context(2, 1)).commit(parts);
        assertThat(CollectSink.<String>committed(label)).containsExactly("a");
    }

    @Test
    void aJobThatFallsBackWithdrawsWhatItOvertakes() throws Exception {
        Context context = new Context(1, 0);
        CommittingSinkWriter<String, CollectSink.Part> writer = sink.createWriter(context);
        writer.write("a", 0);
        List<CollectSink.Part> first = prepare(writer, 1);
        writer.write("b", 0);
        List<CollectSink.Part> second = prepare(writer, 2);
        sink.createCommitter(context).commit(first);
        sink.createCommitter(context).commit(second);
        sink.createWriter(new Context(2, 1));
        assertThat(CollectSink.<String>committed(label)).containsExactly("a");
        assertThatThrownBy(() -> sink.createCommitter(context).commit(second))
                .isInstanceOf(CommitFailedException.class)
                .hasMessageContaining("not in this JVM any more");
    }

    @Test
    void committablesSurviveACheckpoint() throws Exception {
        CollectSink.Part part = new CollectSink.Part("job", "sink", 3, 4, 5);
        VersionedSerializer<CollectSink.Part> serializer = sink.committableSerializer();
        byte[] bytes = serializer.serialize(part);
        assertThat(serializer.deserialize(1, bytes)).isEqualTo(part);
        assertThatThrownBy(() -> serializer.deserialize(2, bytes)).hasMessageContaining("version 2");
        assertThatThrownBy(() -> serializer.deserialize(1, new byte[3])).hasMessageContaining("too early");
    }

    private static List<CollectSink.Part> prepare(
            CommittingSinkWriter<String, CollectSink.Part> writer, long checkpointId) throws Exception {
        return writer.prepareCommit(checkpointId).toCompletableFuture().join();
    }

    private record Context(long epoch, long restoredCheckpointId) implements SinkWriterContext {
        @Override
        public String jobId() {
            return "job";
        }

        @Override
        public String jobName() {
            return "job";
        }

        @Override
        public String operatorId() {
            return "sink";
        }

        @Override
        public int subtaskIndex() {
            return 0;
        }

        @Override
        public int parallelism() {
            return 1;
        }

        @Override
        public Executor ioExecutor() {
            return Runnable::run;
        }
    }
}
