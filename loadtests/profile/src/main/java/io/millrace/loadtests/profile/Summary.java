// SPDX-License-Identifier: Apache-2.0
package io.millrace.loadtests.profile;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A profile in a page of text. */
final class Summary {
    private static final int ROWS = 25;
    private static final double NANOS_PER_SECOND = 1e9;

    private final Profile profile;
    private final double seconds;
    private final double cpuSeconds;
    private final double compilerSeconds;
    private final StringBuilder out = new StringBuilder();

    Summary(Profile profile, Duration duration, Duration cpuTime, Duration compilerTime) {
        this.profile = profile;
        this.seconds = Math.max(duration.toNanos(), 1) / NANOS_PER_SECOND;
        this.cpuSeconds = cpuTime.toNanos() / NANOS_PER_SECOND;
        this.compilerSeconds = compilerTime.toNanos() / NANOS_PER_SECOND;
    }

    String text() {
        line(
                "Profile of %.1f s, Java %s, %d processors",
                seconds,
                System.getProperty("java.vm.version"),
                Runtime.getRuntime().availableProcessors());
        line("");
        cpu();
        allocation();
        flags();
        table("Time by operator, with all it calls but the next operator", profile.samplesByOperator, "samples");
        table("Allocation by operator, likewise", profile.bytesByOperator, "bytes");
        table("Self time by owner", profile.selfByOwner, "samples");
        table("Top frames by self time", profile.selfByFrame, "samples");
        table("Top frames by allocation", profile.bytesByFrame, "bytes");
        table("Top types by allocation", profile.bytesByType, "bytes");
        return out.toString();
    }

    private void cpu() {
        double[] load = profile.cpuLoad();
        double seen = profile.cpu.total() * Profiler.SAMPLE_PERIOD.toNanos() / NANOS_PER_SECOND;
        line(
                "CPU load     JVM %.0f %% user, %.0f %% system; machine %.0f %%",
                100 * load[0], 100 * load[1], 100 * load[2]);
        line(
                "Samples      %,d, one each %d ms of a running thread",
                profile.cpu.total(), Profiler.SAMPLE_PERIOD.toMillis());
        line(
                "Not seen     the JVM used %.1f s of processor time, samples stand for %.1f s (%.0f %%); the rest is"
                        + " compiler (up to %.1f s), collector (%s), native code and lost samples",
                cpuSeconds,
                seen,
                cpuSeconds == 0 ? 0 : 100 * seen / cpuSeconds,
                compilerSeconds,
                profile.collectorCpuNanos == 0
                        ? "not measured"
                        : String.format(Locale.ROOT, "%.1f s", profile.collectorCpuNanos / NANOS_PER_SECOND));
        line(
                "Lost         %,d samples without a stack, %,d with a stack cut off, %,d bytes of recorded data",
                profile.samplesWithoutStack, profile.samplesCutOff, profile.bytesLost);
        line(
                "GC           %,d collections paused for %.2f s, %.1f %% of the time; longest pause %.0f ms",
                profile.collections,
                profile.pauseNanos / NANOS_PER_SECOND,
                100 * profile.pauseNanos / NANOS_PER_SECOND / seconds,
                profile.longestPauseNanos / 1e6);
    }

    private void allocation() {
        line(
                "Allocation   about %,.1f MiB/s, from %,d samples",
                profile.allocation.total() / seconds / (1 << 20), profile.allocationSamples);
    }

    private void flags() {
        if (!isOn("DebugNonSafepoints")) {
            line("");
            line("NOTE: this JVM ran without -XX:+UnlockDiagnosticVMOptions -XX:+DebugNonSafepoints: the time of");
            line(
                    "inlined methods is told as their callers', so do not compare a function with the operator that calls it.");
        }
    }

    /** A diagnostic option that was not unlocked does not exist for the JVM's own bean: then it is off. */
    private static boolean isOn(String option) {
        @Nullable HotSpotDiagnosticMXBean bean = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
        try {
            return bean != null && Boolean.parseBoolean(bean.getVMOption(option).getValue());
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private void table(String title, Tally tally, String unit) {
        line("");
        line("%s", title);
        for (Map.Entry<String, Long> row : tally.top(ROWS)) {
            line(
                    "  %5.1f %%  %,15d %s  %s",
                    100.0 * row.getValue() / tally.total(), row.getValue(), unit, row.getKey());
        }
        if (tally.total() == 0) {
            line("  none");
        }
    }

    private void line(String format, Object... values) {
        out.append(String.format(Locale.ROOT, format, values)).append('\n');
    }
}
