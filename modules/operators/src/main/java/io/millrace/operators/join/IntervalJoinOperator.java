// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.join;

import io.millrace.api.function.ProcessJoinFunction;
import io.millrace.api.graph.JoinBounds;
import io.millrace.api.graph.OperatorSpec;
import io.millrace.api.types.TypeHint;
import io.millrace.operators.OperatorContext;
import io.millrace.operators.Output;
import io.millrace.operators.RecordProcessor;
import io.millrace.operators.builtin.KeyedOperator;
import io.millrace.operators.builtin.StateCodecs;
import io.millrace.serialization.Codec;
import io.millrace.state.KeyedStateBackend;
import io.millrace.state.NoNamespace;
import io.millrace.state.RecordKeys;
import io.millrace.state.TimerQueue;
import java.lang.invoke.MethodHandles;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Joins two keyed streams by nearness in time. Each record meets the partners that are there, then waits for those to
 * come until the watermark says that there are none.
 *
 * <p>A record may have more partners than the output takes. It then stops half way, the input pauses, and it goes on
 * when there is room; a checkpoint in between holds how far it has come, as state of its key.
 */
final class IntervalJoinOperator extends KeyedOperator {
    /** Buckets that the partners of a record lie in, about. */
    private static final int BUCKETS_A_SPAN = 4;

    private final OperatorSpec.IntervalJoinSpec spec;
    private final ProcessJoinFunction<Object, Object, Object> function;
    private final StateCodecs codecs;
    private final @Nullable JoinProcessor[] processors = new JoinProcessor[2];
    private JoinRecords records;
    private JoinContext joinContext;
    private RecordKeys keys;

    @SuppressWarnings({"unchecked", "NullAway.Init"}) // the typed streams made sure that the function gets its records
    IntervalJoinOperator(OperatorSpec.IntervalJoinSpec spec, StateCodecs codecs) {
        super(List.of(spec.function()));
        this.spec = spec;
        this.function = (ProcessJoinFunction<Object, Object, Object>) spec.function();
        this.codecs = codecs;
    }

    @Override
    protected void openState(OperatorContext operatorContext) {
        KeyedStateBackend state = keyedState();
        keys = state.recordKeys();
        JoinBounds bounds = spec.bounds();
        long widthMs = Math.max(1, (bounds.upper() - bounds.lower()) / BUCKETS_A_SPAN);
        Codec<Long> buckets = new BucketCodec(widthMs);
        BufferedRecordCodec lefts =
                codec(operatorContext, spec.leftType(), spec.kind().keepsLeft());
        BufferedRecordCodec rights =
                codec(operatorContext, spec.rightType(), spec.kind().keepsRight());
        records = new JoinRecords(
                operatorContext,
                new JoinSide(
                        true, bounds, widthMs, spec.kind().keepsLeft(), state.namespacedList("_left", buckets, lefts)),
                new JoinSide(
                        false,
                        bounds,
                        widthMs,
                        spec.kind().keepsRight(),
                        state.namespacedList("_right", buckets, rights)),
                new JoinRecords.Parts(
                        state.timers("_buckets", buckets),
                        state.timers("_unmatched", buckets),
                        state.namespacedValue("_probe", NoNamespace.CODEC, new JoinProbeCodec(lefts, rights)),
                        state.timers("_probes", NoNamespace.CODEC),
                        spec.lateLeft(),
                        spec.lateRight()),
                this::emitAlone);
    }

    private BufferedRecordCodec codec(
            OperatorContext operatorContext, @Nullable TypeHint<?> type, boolean tellsMatched) {
        return new BufferedRecordCodec(codecs.codecOf(operatorContext.codecs(), type), tellsMatched);
    }

    @Override
    public void open(OperatorContext operatorContext) throws Exception {
        super.open(operatorContext);
        joinContext = new JoinContext(collector());
    }

    /** What a checkpoint found half way goes on before any record. */
    @Override
    public void start() {
        if (records.hasSuspended()) {
            records.awaitRoom();
        }
    }

    @Override
    public RecordProcessor processor() {
        return processor(0);
    }

    @Override
    public RecordProcessor processor(int input) {
        return pairing(input);
    }

    private JoinProcessor pairing(int input) {
        if (processors[input] == null) {
            processors[input] = context()
                    .specialiser()
                    .at("input " + input)
                    .create(
                            MethodHandles.lookup(),
                            JoinProcessor.class,
                            PairingProcessor.class,
                            records,
                            input == 0,
                            function,
                            joinContext,
                            collector(),
                            context());
        }
        return processors[input];
    }

    /** There is room for a record that stopped half way. */
    @Override
    public boolean advanceProcessingTime(long nowMs) throws Exception {
        return pairSuspended();
    }

    private boolean pairSuspended() throws Exception {
        for (var next = records.pollSuspended(); next != null; next = records.pollSuspended()) {
            keys.setCurrentKey(next.key(), next.keyHash());
            JoinProbe probe = records.takeSuspended();
            if (probe == null) {
                throw damaged(next.key());
            }
            if (!pairing(probe.left ? 0 : 1).pair(probe)) {
                records.putBack(probe);
                return false;
            }
            records.finishSuspended(probe);
        }
        records.goOn();
        return true;
    }

    @Override
    public boolean advanceWatermark(long watermark) throws Exception {
        if (records.hasSuspended() && !pairSuspended()) {
            // The watermark came with the batch whose last record stopped half way: its partners are not to go before.
            return false;
        }
        Output output = context().output();
        while (!output.isFull()) {
            TimerQueue.Timer<Long> timer = records.pollUnmatched(watermark);
            if (timer == null) {
                return expireBuckets(watermark, output);
            }
            keys.setCurrentKey(timer.key(), timer.keyHash());
            records.expireUnmatched(timer);
        }
        return false;
    }

    private boolean expireBuckets(long watermark, Output output) {
        while (!output.isFull()) {
            TimerQueue.Timer<Long> timer = records.pollBucket(watermark);
            if (timer == null) {
                return true;
            }
            keys.setCurrentKey(timer.key(), timer.keyHash());
            records.expireBucket(timer);
        }
        return false;
    }

    private void emitAlone(boolean left, BufferedRecord record, long timestamp) throws Exception {
        joinContext.alone(left ? record : null, left ? null : record, timestamp);
        function.processElement(left ? record.value : null, left ? null : record.value, joinContext, collector());
    }

    private IllegalStateException damaged(Object key) {
        return new IllegalStateException("The operator '" + context().operatorName() + "' ("
                + context().operatorId() + ") was restored without the record that it was pairing for key '" + key
                + "': its state is damaged. Go back to an earlier checkpoint.");
    }
}
