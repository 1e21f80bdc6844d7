// SPDX-License-Identifier: Apache-2.0
package io.millrace.api.time;

import io.millrace.api.Internal;
import io.millrace.api.Stable;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How records get their timestamps and watermarks. Immutable; {@link #createGenerator} is called once a split.
 *
 * @param <T> the records' type
 */
@Stable
public final class WatermarkStrategy<T> {
    /** Makes the generator of one split. */
    @FunctionalInterface
    public interface GeneratorFactory<T> {
        WatermarkGenerator<T> create();
    }

    private static final String NONE = "none";

    private final GeneratorFactory<T> factory;
    private final @Nullable TimestampAssigner<T> assigner;
    private final String description;

    private WatermarkStrategy(
            GeneratorFactory<T> factory, @Nullable TimestampAssigner<T> assigner, String description) {
        this.factory = factory;
        this.assigner = assigner;
        this.description = description;
    }

    /** No watermarks but the last one of a bounded stream: for jobs without event time. */
    public static <T> WatermarkStrategy<T> noWatermarks() {
        return new WatermarkStrategy<>(NoWatermarks::new, null, NONE);
    }

    /** Timestamps never go back within a split. */
    public static <T> WatermarkStrategy<T> forMonotonousTimestamps() {
        return new WatermarkStrategy<>(() -> new OutOfOrderness<>(0), null, "monotonous");
    }

    /** A record comes at most {@code bound} after any record with a later timestamp. */
    public static <T> WatermarkStrategy<T> forBoundedOutOfOrderness(Duration bound) {
        if (bound.isNegative()) {
            throw new IllegalArgumentException("The bound of out-of-orderness cannot be negative: " + bound);
        }
        long boundMs = boundMs(bound);
        return new WatermarkStrategy<>(() -> new OutOfOrderness<>(boundMs), null, "outOfOrder " + bound);
    }

    /** Watermarks by a generator of your own. */
    public static <T> WatermarkStrategy<T> forGenerator(GeneratorFactory<T> factory) {
        return new WatermarkStrategy<>(factory, null, "custom");
    }

    /** The same, with timestamps taken from the records. */
    public WatermarkStrategy<T> withTimestampAssigner(TimestampAssigner<T> timestampAssigner) {
        return new WatermarkStrategy<>(factory, timestampAssigner, description);
    }

    /** The assigner, or null to keep the source's timestamps. */
    public @Nullable TimestampAssigner<T> timestampAssigner() {
        return assigner;
    }

    /** For the engine, which fingerprints its class. */
    @Internal
    public GeneratorFactory<T> generatorFactory() {
        return factory;
    }

    /** For the engine: true for {@link #noWatermarks}. */
    @Internal
    public boolean isNone() {
        return description.equals(NONE);
    }

    public WatermarkGenerator<T> createGenerator() {
        return factory.create();
    }

    private static long boundMs(Duration bound) {
        try {
            return bound.toMillis();
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException(
                    "The bound of out-of-orderness is more milliseconds than a long holds: " + bound, e);
        }
    }

    /** A few words for plans. */
    @Override
    public String toString() {
        return description;
    }

    private static final class NoWatermarks<T> implements WatermarkGenerator<T> {
        @Override
        public void onRecord(T record, long timestamp) {}

        @Override
        public long currentWatermark() {
            return Timestamps.NONE;
        }
    }

    /** The highest timestamp, less the bound, less one: a record of that very timestamp may still follow. */
    private static final class OutOfOrderness<T> implements WatermarkGenerator<T> {
        private final long boundMs;
        private long highest = Timestamps.NONE;

        private OutOfOrderness(long boundMs) {
            this.boundMs = boundMs;
        }

        @Override
        public void onRecord(T record, long timestamp) {
            if (timestamp > highest) {
                highest = timestamp;
            }
        }

        @Override
        public long currentWatermark() {
            return highest < Timestamps.NONE + boundMs + 2 ? Timestamps.NONE : highest - boundMs - 1;
        }
    }
}
