// SPDX-License-Identifier: Apache-2.0
package io.millrace.loadtests.profile;

import java.io.IOException;
import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import javax.management.JMException;
import javax.management.ObjectName;
import jdk.jfr.FlightRecorder;
import jdk.jfr.Recording;
import org.jspecify.annotations.Nullable;

/**
 * Records where this JVM spends its processor time and what it allocates, from {@link #start} to {@link #close}.
 *
 * <p>A directory then holds {@code profile.jfr} (the recording, for other tools), {@code cpu.html} and {@code
 * alloc.html} (flame graphs, complete in themselves) and {@code summary.txt}. Files that an earlier profile left there
 * are replaced.
 *
 * <p>Run the JVM with {@code -XX:+UnlockDiagnosticVMOptions -XX:+DebugNonSafepoints}: without, the time of inlined
 * methods is told as their callers', up to the whole operator; the summary says so, too. Frames of hidden classes are
 * recorded either way. Note that {@code jfr print} and JDK Mission Control leave them out.
 *
 * <p>Threading: one thread starts and closes it; all threads of the JVM are recorded.
 */
public final class Profiler implements AutoCloseable {
    /** How often the recorder looks at the threads that run. */
    static final Duration SAMPLE_PERIOD = Duration.ofMillis(10);

    private static final String ALLOCATION_SAMPLES = "300/s";
    /** Operators of a chain call each other: its stacks exceed the recorder's own limit of 64 frames. */
    private static final String STACK_DEPTH = "stackdepth=256";

    private final Path directory;
    private final Recording recording;
    private final long startNanos = System.nanoTime();
    private final long startCpuNanos = cpuNanos();
    private final long startCompilerMillis = compilerMillis();
    private boolean closed;

    private Profiler(Path directory, Recording recording) {
        this.directory = directory;
        this.recording = recording;
    }

    /**
     * Begins to record.
     *
     * @param directory where the results go; made if it does not exist
     * @throws IOException if the directory cannot be made or written to; nothing is recorded then
     * @throws IllegalStateException if this JVM has no Flight Recorder
     */
    public static Profiler start(Path directory) throws IOException {
        checkWritable(directory);
        if (!FlightRecorder.isAvailable()) {
            throw new IllegalStateException("This JVM (" + System.getProperty("java.vm.name")
                    + ") has no Flight Recorder: run the load test with a JDK that has module jdk.jfr,"
                    + " or without a profile.");
        }
        deepenStacks();
        Recording recording = new Recording();
        recording.setName("Millrace load test");
        recording.setToDisk(true);
        recording.setDestination(directory.resolve("profile.jfr"));
        // A run that is killed before close leaves its recording, too.
        recording.setDumpOnExit(true);
        recording.enable("jdk.ExecutionSample").withPeriod(SAMPLE_PERIOD);
        recording.enable("jdk.ObjectAllocationSample").with("throttle", ALLOCATION_SAMPLES);
        recording.enable("jdk.GarbageCollection").withoutThreshold();
        recording.enable("jdk.GCHeapSummary");
        recording.enable("jdk.GCCPUTime");
        recording.enable("jdk.CPULoad").withPeriod(Duration.ofSeconds(1));
        recording.enable("jdk.DataLoss");
        recording.start();
        return new Profiler(directory, recording);
    }

    /** Where the recording is after {@link #close}. */
    public Path recording() {
        return directory.resolve("profile.jfr");
    }

    /**
     * Stops recording and writes the results; a second call does nothing. Not for a shutdown hook: the recorder has one
     * of its own, which keeps the recording.
     *
     * @throws IOException if the results cannot be written, or the recorder has stopped already
     */
    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        Duration duration = Duration.ofNanos(System.nanoTime() - startNanos);
        Duration cpuTime = Duration.ofNanos(cpuNanos() - startCpuNanos);
        Duration compilerTime = Duration.ofMillis(compilerMillis() - startCompilerMillis);
        stopRecording();

        Profile profile = Profile.read(recording());
        FlamePage.write(directory.resolve("cpu.html"), "CPU", "samples", duration, profile.cpu);
        FlamePage.write(directory.resolve("alloc.html"), "Allocation", "bytes", duration, profile.allocation);
        Files.writeString(
                directory.resolve("summary.txt"), new Summary(profile, duration, cpuTime, compilerTime).text());
    }

    private void stopRecording() throws IOException {
        try (recording) {
            recording.stop();
        } catch (IllegalStateException e) {
            throw new IOException(
                    "The recorder stopped before the profile was closed, as it does when the JVM ends. "
                            + recording() + " has what it recorded, but there are no flame graphs and no summary:"
                            + " close the profile before the JVM ends, not in a shutdown hook.",
                    e);
        }
    }

    /**
     * Learns whether results can go there, before anything is measured.
     *
     * @throws IOException in words for people, if the directory cannot be made or written to
     */
    public static void checkWritable(Path directory) throws IOException {
        try {
            Files.createDirectories(directory);
            // Asking for permissions is not enough: a full or read-only disk shows when a file is made.
            Files.delete(Files.createTempFile(directory, "profile", ".probe"));
        } catch (IOException e) {
            throw new IOException(
                    "The profile's directory " + directory.toAbsolutePath()
                            + " cannot be made or written to: name one that can, or run without a profile (" + e + ").",
                    e);
        }
    }

    /** Has an effect only before the first recording of this JVM; after that, stacks may be cut, which is counted. */
    private static void deepenStacks() {
        try {
            ManagementFactory.getPlatformMBeanServer()
                    .invoke(
                            new ObjectName("com.sun.management:type=DiagnosticCommand"),
                            "jfrConfigure",
                            new Object[] {new String[] {STACK_DEPTH}},
                            new String[] {String[].class.getName()});
        } catch (JMException e) {
            System.getLogger(Profiler.class.getName())
                    .log(System.Logger.Level.DEBUG, "Stacks are recorded with the JVM's own depth.", e);
        }
    }

    private static long compilerMillis() {
        @Nullable CompilationMXBean compiler = ManagementFactory.getCompilationMXBean();
        return compiler != null && compiler.isCompilationTimeMonitoringSupported()
                ? compiler.getTotalCompilationTime()
                : 0;
    }

    private static long cpuNanos() {
        @Nullable Object bean = ManagementFactory.getOperatingSystemMXBean();
        return bean instanceof com.sun.management.OperatingSystemMXBean process ? process.getProcessCpuTime() : 0;
    }
}
