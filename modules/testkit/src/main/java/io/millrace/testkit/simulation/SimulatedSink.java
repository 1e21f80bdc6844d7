// SPDX-License-Identifier: Apache-2.0
package io.millrace.testkit.simulation;

import io.millrace.api.sink.CommitFailedException;
import io.millrace.api.sink.Committer;
import io.millrace.api.sink.CommittingSink;
import io.millrace.api.sink.CommittingSinkWriter;
import io.millrace.api.sink.SinkWriterContext;
import io.millrace.api.types.VersionedSerializer;
import io.millrace.testkit.simulation.TransactionLog.TransactionId;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Writes into the world's transactions, exactly once. */
final class SimulatedSink implements CommittingSink<String, TransactionId> {
    private final SimulatedWorld world;
    private final String label;

    SimulatedSink(SimulatedWorld world, String label) {
        this.world = world;
        this.label = label;
    }

    @Override
    public CommittingSinkWriter<String, TransactionId> createWriter(SinkWriterContext context) {
        world.transactions().withdraw(label, context.subtaskIndex(), context.epoch(), context.restoredCheckpointId());
        return new Writer(context);
    }

    @Override
    public Committer<TransactionId> createCommitter(SinkWriterContext context) {
        return this::commitAll;
    }

    private void commitAll(List<TransactionId> ids) throws IOException, CommitFailedException {
        for (TransactionId id : ids) {
            world.transactions().commit(id);
        }
    }

    @Override
    public VersionedSerializer<TransactionId> committableSerializer() {
        return new IdSerializer(world);
    }

    private final class Writer implements CommittingSinkWriter<String, TransactionId> {
        private final SinkWriterContext context;
        private List<String> open = new ArrayList<>();

        private Writer(SinkWriterContext context) {
            this.context = context;
        }

        @Override
        public void write(String record, long timestamp) {
            world.faults().userCode();
            open.add(record);
        }

        @Override
        public CompletionStage<List<TransactionId>> prepareCommit(long checkpointId) {
            List<String> closed = open;
            open = new ArrayList<>();
            TransactionId id = new TransactionId(label, context.subtaskIndex(), context.epoch(), checkpointId);
            CompletableFuture<List<TransactionId>> prepared = new CompletableFuture<>();
            if (closed.isEmpty()) {
                prepared.complete(List.of());
                return prepared;
            }
            context.ioExecutor().execute(() -> {
                try {
                    world.transactions().prepare(id, closed);
                    prepared.complete(List.of(id));
                } catch (IOException e) {
                    prepared.completeExceptionally(e);
                }
            });
            return prepared;
        }
    }

    private record IdSerializer(SimulatedWorld world) implements VersionedSerializer<TransactionId> {
        @Override
        public int version() {
            return 1;
        }

        @Override
        public byte[] serialize(TransactionId id) throws IOException {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (DataOutputStream out = new DataOutputStream(bytes)) {
                out.writeUTF(id.sink());
                out.writeInt(id.subtask());
                out.writeLong(id.epoch());
                out.writeLong(id.checkpointId());
            }
            return bytes.toByteArray();
        }

        @Override
        public TransactionId deserialize(int version, byte[] bytes) throws IOException {
            try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
                return new TransactionId(in.readUTF(), in.readInt(), in.readLong(), in.readLong());
            }
        }
    }
}
