// SPDX-License-Identifier: Apache-2.0
package io.millrace.cli;

import io.millrace.runtime.JobProgress;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** Puts a job's progress into words. Remembers the last report for the rate; confined to one thread. */
final class ProgressText {
    /** Reports come about twice a second; between two lines that are drawn more often there may be none. */
    private static final long RATE_OVER_NS = TimeUnit.MILLISECONDS.toNanos(900);

    private static final DateTimeFormatter MINUTES = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm", Locale.ROOT);
    private static final long EARLIEST_MS =
            LocalDateTime.of(1, 1, 1, 0, 0).toInstant(ZoneOffset.UTC).toEpochMilli();
    private static final long LATEST_MS =
            LocalDateTime.of(9999, 1, 1, 0, 0).toInstant(ZoneOffset.UTC).toEpochMilli();

    private long lastNs;
    private long lastRecords;
    private double rate;

    /** Starts to measure the rate at {@code nowNs}. */
    ProgressText(long nowNs) {
        this.lastNs = nowNs;
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
        long elapsedNs = nowNs - lastNs;
        if (elapsedNs < RATE_OVER_NS) {
            return;
        }
        // After a recovery the count begins anew.
        rate = Math.max(0, records - lastRecords) * (double) TimeUnit.SECONDS.toNanos(1) / elapsedNs;
        lastNs = nowNs;
        lastRecords = records;
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
