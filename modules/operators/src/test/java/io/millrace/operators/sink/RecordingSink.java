// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.sink;

import io.millrace.api.sink.CommitFailedException;
import io.millrace.api.sink.Committer;
import io.millrace.api.sink.CommittingSink;
import io.millrace.api.sink.CommittingSinkWriter;
import io.millrace.api.sink.SinkWriterContext;
import io.millrace.api.types.VersionedSerializer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Prepares what was written since the last barrier as one text, and keeps the committed texts. */
final class RecordingSink implements CommittingSink<Object, String> {
    final List<String> calls = new ArrayList<>();
    /** What is visible; committing again changes nothing. */
    final Set<String> committed = new LinkedHashSet<>();
    /** Thrown by the next commits, one each. */
    final List<Exception> commitFailures = new ArrayList<>();
    /** Thrown after the next commit took effect: its outcome is not known. */
    IOException lostAnswer;

    boolean prepareByHand;
    final List<CompletableFuture<List<String>>> preparing = new ArrayList<>();
    Runnable duringCommit = () -> {};

    private final List<Object> written = new ArrayList<>();

    @Override
    public CommittingSinkWriter<Object, String> createWriter(SinkWriterContext context) {
        calls.add("writer " + context.operatorId() + " " + context.epoch() + " " + context.restoredCheckpointId());
        return new Writer();
    }

    @Override
    public Committer<String> createCommitter(SinkWriterContext context) {
        return new Committer<>() {
            @Override
            public void commit(List<String> committables) throws IOException, CommitFailedException {
                calls.add("commit " + committables);
                duringCommit.run();
                throwNext();
                committed.addAll(committables);
                if (lostAnswer != null) {
                    IOException lost = lostAnswer;
                    lostAnswer = null;
                    throw lost;
                }
            }

            @Override
            public void close() {
                calls.add("close committer");
            }
        };
    }

    private void throwNext() throws IOException, CommitFailedException {
        if (commitFailures.isEmpty()) {
            return;
        }
        Exception next = commitFailures.remove(0);
        if (next instanceof IOException io) {
            throw io;
        }
        if (next instanceof CommitFailedException failed) {
            throw failed;
        }
        throw (RuntimeException) next;
    }

    @Override
    public VersionedSerializer<String> committableSerializer() {
        return new VersionedSerializer<>() {
            @Override
            public int version() {
                return 1;
            }

            @Override
            public byte[] serialize(String value) {
                return value.getBytes(StandardCharsets.UTF_8);
            }

            @Override
            public String deserialize(int version, byte[] bytes) {
                return new String(bytes, StandardCharsets.UTF_8);
            }
        };
    }

    private final class Writer implements CommittingSinkWriter<Object, String> {
        @Override
        public void write(Object record, long timestamp) {
            written.add(record);
        }

        @Override
        public void flush(boolean endOfInput) {
            calls.add("flush " + endOfInput);
        }

        @Override
        public CompletionStage<List<String>> prepareCommit(long checkpointId) {
            calls.add("prepare " + checkpointId);
            List<String> committables = written.isEmpty() ? List.of() : List.of(checkpointId + ":" + written);
            written.clear();
            CompletableFuture<List<String>> prepared = new CompletableFuture<>();
            if (prepareByHand) {
                preparing.add(prepared);
            } else {
                prepared.complete(committables);
            }
            return prepared;
        }

        @Override
        public void close() {
            calls.add("close writer");
        }
    }
}
