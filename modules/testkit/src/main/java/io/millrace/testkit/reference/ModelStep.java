// SPDX-License-Identifier: Apache-2.0
package io.millrace.testkit.reference;

import io.millrace.api.graph.OperatorSpec;
import io.millrace.api.graph.Transformation;
import io.millrace.api.stream.OutputTag;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One operator with all that comes to it, and what it emits. */
final class ModelStep {
    private static final String LONG_FOLD = "io.millrace.api.stream.LongFold";

    private final Transformation node;
    private final int parallelism;
    private final List<List<ModelRecord>> arrivals;
    private final Map<@Nullable OutputTag<?>, List<ModelRecord>> emitted = new LinkedHashMap<>();
    private long scattered;

    /**
     * @param arrivals by input; within a lane in order
     */
    ModelStep(Transformation node, int parallelism, List<List<ModelRecord>> arrivals) {
        this.node = node;
        this.parallelism = parallelism;
        this.arrivals = arrivals;
    }

    <S extends OperatorSpec> S spec(Class<S> type) {
        return type.cast(node.spec());
    }

    int parallelism() {
        return parallelism;
    }

    int inputs() {
        return arrivals.size();
    }

    List<ModelRecord> arrivals(int input) {
        return arrivals.get(input);
    }

    /** What comes to an input, by key. */
    Map<Object, List<ModelRecord>> byKey(int input) {
        Map<Object, List<ModelRecord>> byKey = new LinkedHashMap<>();
        for (ModelRecord record : arrivals.get(input)) {
            byKey.computeIfAbsent(Objects.requireNonNull(record.key()), key -> new ArrayList<>())
                    .add(record);
        }
        return byKey;
    }

    /** A lane of this operator: what is emitted into it comes in that order. */
    Lane lane(Object... parts) {
        return new Lane(null, List.of(node.id(), List.of(parts)));
    }

    /** A lane for a single record, which has no order towards any other. */
    Lane scattered() {
        return lane("scattered", scattered++);
    }

    void emit(Object value, long timestamp, Lane lane, boolean inTime) {
        emitSide(null, value, timestamp, lane, inTime);
    }

    void emitSide(@Nullable OutputTag<?> tag, Object value, long timestamp, Lane lane, boolean inTime) {
        emitted.computeIfAbsent(tag, absent -> new ArrayList<>())
                .add(new ModelRecord(Objects.requireNonNull(value), timestamp, lane, inTime, null));
    }

    List<ModelRecord> emitted(@Nullable OutputTag<?> tag) {
        return emitted.getOrDefault(tag, List.of());
    }

    /** Requires that records come in an order, because the function may ask for it. */
    void requireOrder(List<ModelRecord> records, Object function) {
        if (!isOrderFree(function) && !areOrdered(records)) {
            throw new UndecidedException("the order of the records of one key decides, and they come in several lanes");
        }
    }

    /** The sums, minima and maxima of the API are, too. */
    static boolean isOrderFree(Object function) {
        return function instanceof OrderFree || function.getClass().getName().equals(LONG_FOLD);
    }

    static boolean areOrdered(List<ModelRecord> records) {
        return records.stream().map(ModelRecord::lane).distinct().count() <= 1;
    }

    /** Requires that nothing can be late. */
    static void requireInTime(List<ModelRecord> records) {
        for (ModelRecord record : records) {
            if (!record.inTime()) {
                throw new UndecidedException("it depends on the watermark whether the record " + record.value()
                        + " with the timestamp " + record.timestamp() + " is late");
            }
        }
    }
}
