// SPDX-License-Identifier: Apache-2.0
package io.millrace.testkit.reference;

import io.millrace.api.graph.OperatorSpec;
import io.millrace.api.time.TimestampAssigner;
import io.millrace.api.time.Timestamps;
import io.millrace.api.time.WatermarkGenerator;
import io.millrace.api.time.WatermarkStrategy;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Timestamps, and which records cannot be late. A watermark may come after any record and is never more than what the
 * records up to there allow; the lowest of several inputs counts. So a record is in time for certain if those that may
 * come before it allow no watermark that has reached it.
 */
final class TimeModels {
    private TimeModels() {}

    /** Each split has a generator of its own, and the source's watermark is never ahead of a split that is read. */
    static void source(OperatorSpec.SourceSpec spec, List<List<Reading.Sourced>> splits, ModelStep step) {
        for (int split = 0; split < splits.size(); split++) {
            Lane lane = step.lane("split", split);
            List<ModelRecord> records = new ArrayList<>();
            for (Reading.Sourced sourced : splits.get(split)) {
                records.add(new ModelRecord(sourced.value(), sourced.timestamp(), lane, true, null));
            }
            assign(spec.watermarks(), records, step);
        }
    }

    static void watermarks(ModelStep step) {
        assign(step.spec(OperatorSpec.WatermarkSpec.class).watermarks(), step.arrivals(0), step);
    }

    @SuppressWarnings("unchecked") // the typed streams of the API made sure that functions get their records
    private static void assign(WatermarkStrategy<?> strategy, List<ModelRecord> arrivals, ModelStep step) {
        var typed = (WatermarkStrategy<Object>) strategy;
        List<ModelRecord> stamped = new ArrayList<>();
        TimestampAssigner<Object> assigner = typed.timestampAssigner();
        for (ModelRecord record : arrivals) {
            long timestamp = assigner == null
                    ? record.timestamp()
                    : assigner.extractTimestamp(record.value(), record.timestamp());
            stamped.add(record.at(timestamp, true));
        }
        long[] reached = highestWatermarks(typed, stamped);
        for (int i = 0; i < stamped.size(); i++) {
            ModelRecord record = stamped.get(i);
            boolean inTime = record.timestamp() == Timestamps.NONE || record.timestamp() > reached[i];
            step.emit(record.value(), record.timestamp(), record.lane(), inTime);
        }
    }

    /** For each record the highest watermark that those which may come before it allow. */
    private static long[] highestWatermarks(WatermarkStrategy<Object> strategy, List<ModelRecord> records) {
        long[] reached = new long[records.size()];
        boolean ordered = ModelStep.areOrdered(records);
        WatermarkGenerator<Object> inOrder = strategy.createGenerator();
        long highest = Timestamps.NONE;
        for (int i = 0; i < reached.length; i++) {
            reached[i] = ordered ? highest : highestWithoutAfter(strategy, records, i);
            highest = Math.max(highest, next(inOrder, records.get(i)));
        }
        return reached;
    }

    /** All but the record and those that come after it in its lane may come before it. */
    private static long highestWithoutAfter(WatermarkStrategy<Object> strategy, List<ModelRecord> records, int index) {
        WatermarkGenerator<Object> generator = strategy.createGenerator();
        Lane lane = records.get(index).lane();
        long highest = Timestamps.NONE;
        for (int i = 0; i < records.size(); i++) {
            if (i < index || !records.get(i).lane().equals(lane)) {
                highest = Math.max(highest, next(generator, records.get(i)));
            }
        }
        return highest;
    }

    private static long next(WatermarkGenerator<Object> generator, @Nullable ModelRecord record) {
        generator.onRecord(record.value(), record.timestamp());
        return generator.currentWatermark();
    }
}
