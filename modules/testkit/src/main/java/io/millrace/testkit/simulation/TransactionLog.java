// SPDX-License-Identifier: Apache-2.0
package io.millrace.testkit.simulation;

import io.millrace.api.sink.CommitFailedException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An outside system with transactions that survive crashes: prepared, then committed; those of checkpoints that the job
 * fell back behind are withdrawn. Confined to one simulation.
 */
final class TransactionLog {
    private enum State {
        PREPARED,
        COMMITTED,
        WITHDRAWN
    }

    /**
     * Names a transaction.
     *
     * @param sink label of the sink
     * @param checkpointId the barrier it was prepared at
     */
    record TransactionId(String sink, int subtask, long epoch, long checkpointId) {}

    private static final class Transaction {
        private final TransactionId id;
        private final List<String> records;
        private State state = State.PREPARED;

        private Transaction(TransactionId id, List<String> records) {
            this.id = id;
            this.records = records;
        }
    }

    private final SimulatedWorld world;
    private final Map<TransactionId, Transaction> transactions = new LinkedHashMap<>();

    TransactionLog(SimulatedWorld world) {
        this.world = world;
    }

    void prepare(TransactionId id, List<String> records) throws IOException {
        if (world.faults().sinkFails() && world.faults().coin()) {
            throw new SimulatedFault.InIo("the sink's system does not answer");
        }
        if (transactions.putIfAbsent(id, new Transaction(id, List.copyOf(records))) != null) {
            world.invariants().violated("the transaction " + id + " was prepared twice");
        }
    }

    /** Idempotent; when it fails, it may have committed. */
    void commit(TransactionId id) throws IOException, CommitFailedException {
        boolean fails = world.faults().sinkFails();
        if (fails && world.faults().coin()) {
            throw new SimulatedFault.InIo("the sink's system does not answer a commit");
        }
        Transaction transaction = transactions.get(id);
        if (transaction == null) {
            world.invariants().violated("the transaction " + id + " is to be committed, but was never prepared");
            return;
        }
        if (transaction.state == State.WITHDRAWN) {
            throw new CommitFailedException("the transaction " + id + " was withdrawn");
        }
        if (transaction.state == State.PREPARED) {
            world.loop().trace(id.toString());
            transaction.state = State.COMMITTED;
            world.invariants().onCommitted(id);
        }
        if (fails) {
            throw new SimulatedFault.InIo("the sink's system has committed, but its answer is lost");
        }
    }

    /** The job goes on from a checkpoint: what older epochs did after it is void. */
    void withdraw(String sink, int subtask, long epoch, long restoredCheckpointId) {
        for (Transaction transaction : transactions.values()) {
            TransactionId id = transaction.id;
            boolean isVoid = id.sink.equals(sink)
                    && id.subtask == subtask
                    && id.epoch < epoch
                    && id.checkpointId > restoredCheckpointId;
            if (isVoid && transaction.state != State.WITHDRAWN) {
                if (transaction.state == State.COMMITTED) {
                    world.invariants().onWithdrawn(id);
                }
                transaction.state = State.WITHDRAWN;
            }
        }
    }

    /** All that is committed by a sink. */
    List<String> committed(String sink) {
        List<String> records = new ArrayList<>();
        for (Transaction transaction : transactions.values()) {
            if (transaction.state == State.COMMITTED && transaction.id.sink.equals(sink)) {
                records.addAll(transaction.records);
            }
        }
        return records;
    }
}
