// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.join;

import io.millrace.api.function.ProcessJoinFunction;
import io.millrace.operators.OperatorContext;
import io.millrace.operators.Output;
import io.millrace.operators.builtin.RecordCollector;
import java.util.List;

/** The per-record part of a join, specialised for each of its inputs. */
final class PairingProcessor implements JoinProcessor {
    private final JoinRecords records;
    private final boolean left;
    private final JoinSide other;
    private final ProcessJoinFunction<Object, Object, Object> function;
    private final JoinContext joinContext;
    private final RecordCollector collector;
    private final OperatorContext context;
    private final Output output;
    private final boolean tellsOther;

    PairingProcessor(
            JoinRecords records,
            boolean left,
            ProcessJoinFunction<Object, Object, Object> function,
            JoinContext joinContext,
            RecordCollector collector,
            OperatorContext context) {
        this.records = records;
        this.left = left;
        this.other = records.side(!left);
        this.function = function;
        this.joinContext = joinContext;
        this.collector = collector;
        this.context = context;
        this.output = context.output();
        this.tellsOther = other.keepsUnmatched();
    }

    @Override
    public void process(Object record, long timestamp) throws Exception {
        if (timestamp <= context.currentWatermark()) {
            records.takeLate(left, record, timestamp);
            return;
        }
        records.checkTime(timestamp);
        BufferedRecord buffered = new BufferedRecord(record, timestamp, false);
        JoinProbe probe = new JoinProbe(buffered, left, other.bucketOf(other.firstFor(timestamp)), 0);
        if (pair(probe)) {
            records.keep(left, buffered);
        } else {
            records.suspend(probe);
        }
    }

    @Override
    public boolean pair(JoinProbe probe) throws Exception {
        BufferedRecord record = probe.record;
        long first = other.firstFor(record.timestamp);
        long last = other.lastFor(record.timestamp);
        long lastBucket = other.bucketOf(last);
        while (probe.bucket <= lastBucket) {
            List<BufferedRecord> bucket = other.bucket(probe.bucket);
            while (probe.index < bucket.size()) {
                BufferedRecord candidate = bucket.get(probe.index);
                if (candidate.timestamp >= first && candidate.timestamp <= last) {
                    if (output.isFull()) {
                        return false;
                    }
                    meet(record, candidate);
                }
                probe.index++;
            }
            probe.bucket++;
            probe.index = 0;
        }
        return true;
    }

    private void meet(BufferedRecord record, BufferedRecord candidate) throws Exception {
        record.matched = true;
        if (tellsOther) {
            candidate.matched = true;
        }
        if (left) {
            joinContext.of(record.timestamp, candidate.timestamp);
            function.processElement(record.value, candidate.value, joinContext, collector);
        } else {
            joinContext.of(candidate.timestamp, record.timestamp);
            function.processElement(candidate.value, record.value, joinContext, collector);
        }
    }
}
