// SPDX-License-Identifier: Apache-2.0
package io.millrace.testkit;

import io.millrace.api.sink.CommitFailedException;
import io.millrace.api.sink.Committer;
import io.millrace.api.sink.CommittingSink;
import io.millrace.api.sink.CommittingSinkWriter;
import io.millrace.api.sink.SinkWriterContext;
import io.millrace.api.types.DataSerializer;
import io.millrace.api.types.VersionedSerializer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Collects the records of a job in this JVM, exactly once: what checkpoints have committed can be read by the sink's
 * label. Commits that a job falls back behind are withdrawn. For tests: the job must run in the JVM that reads, and
 * what was collected is lost with the JVM.
 *
 * <pre>{@code
 * words.sinkTo(new CollectSink<>("words")).uid("sink");
 * ...
 * List<String> collected = CollectSink.committed("words");
 * }</pre>
 *
 * <p>Thread-safe. Give each test a label of its own, and {@link #forget} it in the end.
 *
 * @param <T> records; kept as they are, so they must not be changed after they were emitted
 */
public final class CollectSink<T> implements CommittingSink<T, CollectSink.Part> {
    /**
     * Names what one subtask collected between two barriers.
     *
     * @param checkpointId the checkpoint of the second barrier
     */
    public record Part(String jobId, String operatorId, int subtaskIndex, long epoch, long checkpointId) {
        private boolean isOvertakenBy(SinkWriterContext context) {
            return jobId.equals(context.jobId())
                    && operatorId.equals(context.operatorId())
                    && epoch < context.epoch()
                    && checkpointId > context.restoredCheckpointId();
        }
    }

    /** What was collected under a label. */
    private static final class Collected {
        private final Map<Part, List<Object>> prepared = new LinkedHashMap<>();
        private final Map<Part, List<Object>> committed = new LinkedHashMap<>();

        private synchronized void prepare(Part part, List<Object> records) {
            prepared.put(part, records);
        }

        private synchronized void commit(Part part) throws CommitFailedException {
            List<Object> records = prepared.remove(part);
            if (records != null) {
                committed.put(part, records);
            } else if (!committed.containsKey(part)) {
                throw new CommitFailedException("What the sink collected as " + part
                        + " is not in this JVM any more: it was forgotten, or the job ran in another JVM before.");
            }
        }

        private synchronized void withdraw(SinkWriterContext context) {
            prepared.keySet().removeIf(part -> part.isOvertakenBy(context));
            committed.keySet().removeIf(part -> part.isOvertakenBy(context));
        }

        private synchronized List<Object> records() {
            List<Object> all = new ArrayList<>();
            committed.values().forEach(all::addAll);
            return all;
        }
    }

    private static final Map<String, Collected> COLLECTED = new ConcurrentHashMap<>();

    private final String label;

    /**
     * @param label what the records are to be read by
     */
    public CollectSink(String label) {
        this.label = label;
    }

    /** All records committed under a label so far: those of a subtask and checkpoint together, in their order. */
    @SuppressWarnings("unchecked")
    public static <T> List<T> committed(String label) {
        return (List<T>) collected(label).records();
    }

    /** Forgets what was collected under a label. */
    public static void forget(String label) {
        COLLECTED.remove(label);
    }

    private static Collected collected(String label) {
        return COLLECTED.computeIfAbsent(label, absent -> new Collected());
    }

    @Override
    public CommittingSinkWriter<T, Part> createWriter(SinkWriterContext context) {
        Collected collected = collected(label);
        collected.withdraw(context);
        return new Writer<>(collected, context);
    }

    @Override
    public Committer<Part> createCommitter(SinkWriterContext context) {
        Collected collected = collected(label);
        return parts -> {
            for (Part part : parts) {
                collected.commit(part);
            }
        };
    }

    @Override
    public VersionedSerializer<Part> committableSerializer() {
        return DataSerializer.of(
                "a committable",
                (part, out) -> {
                    out.writeUTF(part.jobId);
                    out.writeUTF(part.operatorId);
                    out.writeInt(part.subtaskIndex);
                    out.writeLong(part.epoch);
                    out.writeLong(part.checkpointId);
                },
                in -> new Part(in.readUTF(), in.readUTF(), in.readInt(), in.readLong(), in.readLong()));
    }

    private static final class Writer<T> implements CommittingSinkWriter<T, Part> {
        private final Collected collected;
        private final SinkWriterContext context;
        private List<Object> open = new ArrayList<>();

        private Writer(Collected collected, SinkWriterContext context) {
            this.collected = collected;
            this.context = context;
        }

        @Override
        public void write(T record, long timestamp) {
            open.add(record);
        }

        @Override
        public CompletionStage<List<Part>> prepareCommit(long checkpointId) {
            if (open.isEmpty()) {
                return CompletableFuture.completedFuture(List.of());
            }
            Part part = new Part(
                    context.jobId(), context.operatorId(), context.subtaskIndex(), context.epoch(), checkpointId);
            collected.prepare(part, open);
            open = new ArrayList<>();
            return CompletableFuture.completedFuture(List.of(part));
        }
    }
}
