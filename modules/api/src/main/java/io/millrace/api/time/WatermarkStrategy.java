// SPDX-License-Identifier: Apache-2.0
package io.millrace.api.time;

import io.millrace.api.Internal;
import io.millrace.api.Stable;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How records get their timestamps and watermarks. Immutable; {@link #createGenerator} is called once a split.
 *
 * <p>Whatever a generator says, the engine never lets a watermark go back, and only the end of the input means
 * {@link Timestamps#END}.
 *
 * @param <T> the records' type
 */
@Stable
public final class WatermarkStrategy<T> {
    private static final String NONE = "none";
    private static final Duration DEFAULT_UPDATE_INTERVAL = Duration.ofSeconds(1);

    /** Makes the generator of one split. */
    @FunctionalInterface
    public interface GeneratorFactory<T> {
        WatermarkGenerator<T> create();
    }

    private final Generators<T> generators;
    private final @Nullable TimestampAssigner<T> assigner;
    private final @Nullable Duration idleTimeout;
    private final @Nullable WatermarkAlignment alignment;

    /**
     * What the named factories differ in.
     *
     * @param function the user's part of it, whose class is fingerprinted
     * @param interval how often a periodic generator is told the time, or null
     */
    private record Generators<T>(
            GeneratorFactory<T> factory,
            Object function,
            @Nullable Duration interval,
            String description) {}

    private WatermarkStrategy(
            Generators<T> generators,
            @Nullable TimestampAssigner<T> assigner,
            @Nullable Duration idleTimeout,
            @Nullable WatermarkAlignment alignment) {
        this.generators = generators;
        this.assigner = assigner;
        this.idleTimeout = idleTimeout;
        this.alignment = alignment;
    }

    private static <T> WatermarkStrategy<T> of(
            GeneratorFactory<T> factory, Object function, @Nullable Duration interval, String description) {
        return new WatermarkStrategy<>(new Generators<>(factory, function, interval, description), null, null, null);
    }

    private static <T> WatermarkStrategy<T> of(GeneratorFactory<T> factory, String description) {
        return of(factory, factory, null, description);
    }

    /** No watermarks but the last one of a bounded stream: for jobs without event time. */
    public static <T> WatermarkStrategy<T> noWatermarks() {
        return of(NoWatermarks::new, NONE);
    }

    /** Timestamps never go back within a split. */
    public static <T> WatermarkStrategy<T> forMonotonousTimestamps() {
        return of(() -> new OutOfOrderness<>(0), "monotonous");
    }

    /** A record comes at most {@code bound} after any record with a later timestamp. */
    public static <T> WatermarkStrategy<T> forBoundedOutOfOrderness(Duration bound) {
        if (bound.isNegative()) {
            throw new IllegalArgumentException("The bound of out-of-orderness cannot be negative: " + bound);
        }
        long boundMs = Milliseconds.of("The bound of out-of-orderness", bound);
        return of(() -> new OutOfOrderness<>(boundMs), "outOfOrder " + bound);
    }

    /** Watermarks by a generator of your own, asked after each batch of records. */
    public static <T> WatermarkStrategy<T> forGenerator(GeneratorFactory<T> factory) {
        return of(factory, "custom");
    }

    /**
     * Watermarks by a generator of your own that also follows the clock: {@link WatermarkGenerator#onPeriod} is called
     * every {@code interval} of processing time, whether records come or not, and the watermark asked for afterwards.
     */
    public static <T> WatermarkStrategy<T> forPeriodicGenerator(GeneratorFactory<T> factory, Duration interval) {
        Milliseconds.ofPositive("The interval of a periodic generator", interval);
        return of(factory, factory, interval, "custom every " + interval);
    }

    /** Watermarks that the records themselves bring, such as a marker at the end of each file or transaction. */
    public static <T> WatermarkStrategy<T> forPunctuatedGenerator(PunctuatedGenerator<T> generator) {
        return of(() -> new Punctuated<>(generator), generator, null, "punctuated");
    }

    /** The same, with timestamps taken from the records. */
    public WatermarkStrategy<T> withTimestampAssigner(TimestampAssigner<T> timestampAssigner) {
        return new WatermarkStrategy<>(generators, timestampAssigner, idleTimeout, alignment);
    }

    /**
     * The same, with idleness: a split, or a stream in {@code assignTimestampsAndWatermarks}, that brings no record for
     * {@code timeout} of processing time no longer holds the watermark back, until its next record. Records that it
     * brings then may be late. Time in which it was not asked for records does not count: a source that waits for its
     * receivers, or for alignment, is not idle.
     *
     * @param timeout more than a millisecond; noticed up to a quarter of it later
     */
    public WatermarkStrategy<T> withIdleness(Duration timeout) {
        Milliseconds.ofPositive("The timeout of idleness", timeout);
        return new WatermarkStrategy<>(generators, assigner, timeout, alignment);
    }

    /** The same as {@link #withWatermarkAlignment(String, Duration, Duration)}, updated once a second. */
    public WatermarkStrategy<T> withWatermarkAlignment(String group, Duration maxDrift) {
        return withWatermarkAlignment(group, maxDrift, DEFAULT_UPDATE_INTERVAL);
    }

    /**
     * The same, with alignment: of all splits of the job's sources in {@code group}, those whose watermark is ahead of
     * the lowest by more than {@code maxDrift} are not read until the others have come closer. Only for sources. How
     * strictly it holds depends on {@code updateInterval}: in between, a split goes by the lowest watermark it was told
     * last.
     *
     * @param group name of the group, within the job
     * @param maxDrift of event time, not negative
     * @param updateInterval how often sources tell where they are, of processing time
     */
    public WatermarkStrategy<T> withWatermarkAlignment(String group, Duration maxDrift, Duration updateInterval) {
        return new WatermarkStrategy<>(
                generators, assigner, idleTimeout, new WatermarkAlignment(group, maxDrift, updateInterval));
    }

    /** The assigner, or null to keep the source's timestamps. */
    public @Nullable TimestampAssigner<T> timestampAssigner() {
        return assigner;
    }

    /** How long a split may be silent before it is idle, or null: for ever. */
    public @Nullable Duration idleTimeout() {
        return idleTimeout;
    }

    /** How sources wait for each other, or null: not at all. */
    public @Nullable WatermarkAlignment alignment() {
        return alignment;
    }

    /** How often a periodic generator is told the time, or null: never. */
    @Internal
    public @Nullable Duration generatorInterval() {
        return generators.interval;
    }

    /** For the engine, which fingerprints their classes. */
    @Internal
    public List<@Nullable Object> functions() {
        return Arrays.asList(generators.function, assigner);
    }

    /** For the engine: true for {@link #noWatermarks}. */
    @Internal
    public boolean isNone() {
        return generators.description.equals(NONE);
    }

    public WatermarkGenerator<T> createGenerator() {
        return generators.factory.create();
    }

    /** A few words for plans. */
    @Override
    public String toString() {
        return generators.description
                + (idleTimeout == null ? "" : ", idle after " + idleTimeout)
                + (alignment == null ? "" : ", " + alignment);
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

    /** The highest watermark that a record has brought. */
    private static final class Punctuated<T> implements WatermarkGenerator<T> {
        private final PunctuatedGenerator<T> generator;
        private long highest = Timestamps.NONE;

        private Punctuated(PunctuatedGenerator<T> generator) {
            this.generator = generator;
        }

        @Override
        public void onRecord(T record, long timestamp) {
            long watermark = generator.watermarkAfter(record, timestamp);
            if (watermark > highest) {
                highest = watermark;
            }
        }

        @Override
        public long currentWatermark() {
            return highest;
        }
    }
}
