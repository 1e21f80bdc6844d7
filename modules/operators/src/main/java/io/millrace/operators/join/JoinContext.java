// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.join;

import io.millrace.api.function.ProcessJoinFunction;
import io.millrace.api.stream.OutputTag;
import io.millrace.api.time.Timestamps;
import io.millrace.operators.builtin.RecordCollector;
import org.jspecify.annotations.Nullable;

/** What a join's function sees of the pair it was given. One a subtask, moved from pair to pair. */
final class JoinContext implements ProcessJoinFunction.Context {
    private final RecordCollector collector;
    private long leftTimestamp = Timestamps.NONE;
    private long rightTimestamp = Timestamps.NONE;

    JoinContext(RecordCollector collector) {
        this.collector = collector;
    }

    /** A pair's results have the later of its timestamps. */
    void of(long left, long right) {
        leftTimestamp = left;
        rightTimestamp = right;
        collector.setTimestamp(Math.max(left, right));
    }

    /** One without a partner. */
    void alone(@Nullable BufferedRecord left, @Nullable BufferedRecord right, long timestamp) {
        leftTimestamp = left == null ? Timestamps.NONE : left.timestamp;
        rightTimestamp = right == null ? Timestamps.NONE : right.timestamp;
        collector.setTimestamp(timestamp);
    }

    @Override
    public long leftTimestamp() {
        return leftTimestamp;
    }

    @Override
    public long rightTimestamp() {
        return rightTimestamp;
    }

    @Override
    public long timestamp() {
        return collector.timestamp();
    }

    @Override
    public <X> void output(OutputTag<X> tag, X record) {
        collector.collectSide(tag, record);
    }
}
