// SPDX-License-Identifier: Apache-2.0
package io.millrace.cli;

import io.millrace.runtime.JobProgress;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** Puts a job's progress into words. Remembers the last seconds' reports for the rate; confined to one thread. */
final class ProgressText {
    private static final DateTimeFormatter MINUTES = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm", Locale.ROOT);
    private static final long EARLIEST_MS =
            LocalDateTime.of(1, 1, 1, 0, 0).toInstant(ZoneOffset.UTC).toEpochMilli();
    private static final long LATEST_MS =
            LocalDateTime.of(9999, 1, 1, 0, 0).toInstant(ZoneOffset.UTC).toEpochMilli();

    /** Records are counted in reports of the subtasks, which come in jumps: a rate needs some time to mean anything. */
    private static final long RATE_OVER_NS = TimeUnit.SECONDS.toNanos(5);

    /** Lines are drawn more often than reports come: what is drawn in between shows the rate of the last one. */
    private static final long SAMPLE_EVERY_NS = TimeUnit.SECONDS.toNanos(1);

    private record Sample(long ns, long records) {}

    private final Deque<Sample> samples = new ArrayDeque<>();
    private double rate;

    /** Starts to measure the rate at {@code nowNs}. */
    ProgressText(long nowNs) {
        samples.add(new Sample(nowNs, 0));
    }

    /** Such as {@code running  records 123,456  rate 12,345/s  watermark 2001-01-02T05:59  checkpoint 7}. */
    String line(JobProgress progress, long nowNs) {
        measure(progress.recordsRead(), nowNs);
        StringBuilder line = new StringBuilder(progress.status().name().toLowerCase(Locale.ROOT));
        line.append("  records ").append(grouped(progress.recordsRead()));
        line.append("  rate ").append(grouped(Math.round(rate))).append("/s");
        line.append(watermark(progress.watermark()));
        line.append("  checkpoint ").append(progress.lastCheckpointId());
        if (progress.failedCheckpoints() > 0) {
            line.append("  failed checkpoints ").append(progress.failedCheckpoints());
        }
        if (progress.restarts() > 0) {
            line.append("  restarts ").append(progress.restarts());
        }
        return line.toString();
    }

    private void measure(long records, long nowNs) {
        if (records < samples.getLast().records()) {
            // After a recovery the count begins anew.
            samples.clear();
        }
        if (!samples.isEmpty() && nowNs - samples.getLast().ns() < SAMPLE_EVERY_NS) {
            return;
        }
        samples.add(new Sample(nowNs, records));
        while (samples.size() > 2 && nowNs - samples.getFirst().ns() > RATE_OVER_NS) {
            samples.remove();
        }
        Sample first = samples.getFirst();
        long elapsedNs = nowNs - first.ns();
        rate = elapsedNs <= 0 ? 0 : (records - first.records()) * (double) TimeUnit.SECONDS.toNanos(1) / elapsedNs;
    }

    private static String watermark(long watermark) {
        if (watermark < EARLIEST_MS) {
            return "";
        }
        return "  watermark "
                + (watermark > LATEST_MS
                        ? "end"
                        : MINUTES.format(Instant.ofEpochMilli(watermark).atOffset(ZoneOffset.UTC)));
    }

    /** Such as {@code 1 restart} and {@code 2 restarts}. */
    static String counted(long number, String what) {
        return grouped(number) + " " + what + (number == 1 ? "" : "s");
    }

    static String grouped(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** Such as {@code 12.3 s}. */
    static String seconds(long ns) {
        return String.format(Locale.ROOT, "%.1f s", ns / (double) TimeUnit.SECONDS.toNanos(1));
    }

    static long perSecond(long count, long ns) {
        return ns <= 0 ? 0 : Math.round(count * (double) TimeUnit.SECONDS.toNanos(1) / ns);
    }
}
