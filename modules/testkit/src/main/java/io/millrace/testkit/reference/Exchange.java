// SPDX-License-Identifier: Apache-2.0
package io.millrace.testkit.reference;

import io.millrace.api.function.KeySelector;
import io.millrace.api.function.Partitioner;
import io.millrace.api.graph.Partitioning;
import java.util.List;
import java.util.Objects;

/**
 * What becomes of the records of a stream, and of their order, between two operators.
 *
 * @param senders parallelism of the operator that emits
 * @param receivers parallelism of the one that reads
 * @param way which of its inputs this is
 */
record Exchange(Partitioning partitioning, int senders, int receivers, List<Integer> way) {
    void carry(List<ModelRecord> records, List<ModelRecord> into) throws Exception {
        boolean straight = partitioning instanceof Partitioning.Forward && senders == receivers;
        for (int i = 0; i < records.size(); i++) {
            ModelRecord record = records.get(i);
            Lane lane = record.lane().into(way);
            if (partitioning instanceof Partitioning.Hash hash) {
                Object key = keyOf(hash, record.value());
                // To the subtask of the key: nobody overtakes.
                into.add(record.in(lane.into(key)).of(key));
            } else if (partitioning instanceof Partitioning.Broadcast) {
                for (int receiver = 0; receiver < receivers; receiver++) {
                    into.add(record.in(lane.into(receiver)));
                }
            } else if (straight || receivers == 1 || partitioning instanceof Partitioning.Global) {
                into.add(record.in(lane));
            } else if (partitioning instanceof Partitioning.Custom custom) {
                into.add(record.in(lane.into(receiverOf(custom, record.value()))));
            } else {
                into.add(record.in(lane.into(List.of("scattered", i))));
            }
        }
    }

    @SuppressWarnings("unchecked") // the typed streams of the API made sure that functions get their records
    private int receiverOf(Partitioning.Custom custom, Object record) throws Exception {
        Object decider = ((KeySelector<Object, Object>) custom.selector()).getKey(record);
        return ((Partitioner<Object>) custom.partitioner()).partition(decider, receivers);
    }

    @SuppressWarnings("unchecked") // the typed streams of the API made sure that functions get their records
    private static Object keyOf(Partitioning.Hash hash, Object record) throws Exception {
        return Objects.requireNonNull(((KeySelector<Object, Object>) hash.selector()).getKey(record), "a key");
    }
}
