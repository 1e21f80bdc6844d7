// SPDX-License-Identifier: Apache-2.0
package io.millrace.loadtests.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Constructor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import jdk.jfr.FlightRecorder;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProfilerTest {
    private static final String OPERATOR = "ConvertingOperator 'usd_to_eur'.process";

    @TempDir
    Path directory;

    private final AtomicLong result = new AtomicLong();

    @Test
    void frames_of_a_hidden_class_have_the_operators_name() throws Exception {
        Files.writeString(directory.resolve("cpu.html"), "from an earlier run");
        Conversion conversion = specialised("usd_to_eur");

        Profiler profiler = Profiler.start(directory);
        try (profiler) {
            runUntilSampled(conversion);
        }

        assertThat(profiler.recording()).isNotEmptyFile();
        assertThat(data("cpu.html"))
                .contains("\"" + OPERATOR + "\"")
                .contains("\"subtask\"")
                .doesNotContain("0x0");
        assertThat(data("alloc.html")).contains("\"" + OPERATOR + "\"").contains("\"byte[]\"");
        assertThat(Files.readString(directory.resolve("summary.txt")))
                .contains("Samples ", "Lost ", "GC ", OPERATOR, "byte[]", "DebugNonSafepoints");
    }

    @Test
    void what_lies_below_the_engine_is_left_out() throws Exception {
        Conversion conversion = specialised("below");
        try (Profiler profiler = Profiler.start(directory)) {
            runUntilSampled(conversion);
            profiler.close();

            Profile profile = Profile.read(profiler.recording());
            StringBuilder json = new StringBuilder();
            profile.cpu.writeJson(json);

            assertThat(json).contains("ConvertingOperator 'below'.process").doesNotContain("Thread.run\"");
            assertThat(profile.samplesByOperator.top(9))
                    .extracting(Map.Entry::getKey)
                    .contains("ConvertingOperator 'below'");
            assertThat(profile.cpu.total()).isEqualTo(profile.selfByFrame.total());
        }
    }

    @Test
    void a_directory_that_cannot_be_made_is_told_at_start() throws IOException {
        Path file = Files.createFile(directory.resolve("file"));

        assertThatThrownBy(() -> Profiler.start(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("cannot be made or written to");
        assertThatThrownBy(() -> Profiler.start(file.resolve("below")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(file.resolve("below").toString());
    }

    @Test
    void a_recording_that_something_else_stopped_is_kept_and_told() throws IOException {
        Profiler profiler = Profiler.start(directory);
        FlightRecorder.getFlightRecorder().getRecordings().forEach(Recording::stop);

        assertThatThrownBy(profiler::close)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("stopped before the profile was closed");
        assertThat(profiler.recording()).isNotEmptyFile();
    }

    /** Keeps a thread busy until the recorder has seen it at work and allocating, however slow this machine is. */
    private void runUntilSampled(Conversion conversion) throws InterruptedException {
        AtomicBoolean done = new AtomicBoolean();
        AtomicInteger samples = new AtomicInteger();
        AtomicInteger allocations = new AtomicInteger();
        Thread thread = new Thread(
                () -> {
                    while (!done.get()) {
                        result.addAndGet(conversion.process(10_000));
                    }
                },
                "subtask-1");
        try (RecordingStream events = new RecordingStream()) {
            events.enable("jdk.ExecutionSample").withPeriod(Profiler.SAMPLE_PERIOD);
            events.enable("jdk.ObjectAllocationSample").with("throttle", "300/s");
            events.onEvent("jdk.ExecutionSample", event -> count(event, samples));
            events.onEvent("jdk.ObjectAllocationSample", event -> count(event, allocations));
            events.startAsync();
            thread.start();
            await().atMost(Duration.ofSeconds(60)).until(() -> samples.get() >= 10 && allocations.get() >= 3);
        } finally {
            done.set(true);
            thread.join();
        }
    }

    private static void count(RecordedEvent event, AtomicInteger counter) {
        if (event.getStackTrace() != null
                && event.getStackTrace().getFrames().stream()
                        .anyMatch(frame -> frame.getMethod().getType().getName().contains("ConvertingOperator$"))) {
            counter.incrementAndGet();
        }
    }

    private static Conversion specialised(String operator) throws Exception {
        Class<?> hidden = HiddenClass.define(MethodHandles.lookup(), ConvertingOperator.class, "$" + operator);
        assertThat(hidden.isHidden()).isTrue();
        Constructor<?> constructor = hidden.getDeclaredConstructor();
        return (Conversion) constructor.newInstance();
    }

    private String data(String file) throws IOException {
        String page = Files.readString(directory.resolve(file));
        int start = page.indexOf("type=\"application/json\">");
        return page.substring(start, page.indexOf("</script>", start));
    }
}
