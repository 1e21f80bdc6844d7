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
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
        // What lies below the engine's first frame is left out: here, Thread.run.
        assertThat(heaviestCallee("cpu.html", "subtask")).startsWith("ProfilerTest.lambda$");
        assertThat(data("alloc.html")).contains("\"" + OPERATOR + "\"").contains("\"byte[]\"");
        assertThat(Files.readString(directory.resolve("summary.txt")))
                .contains(
                        "Samples ",
                        "Lost ",
                        "GC ",
                        OPERATOR,
                        "ConvertingOperator 'usd_to_eur'\n",
                        "byte[]",
                        "DebugNonSafepoints");
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

    /** In the graph's data a node is followed by its heaviest callee. */
    private String heaviestCallee(String file, String caller) throws IOException {
        String data = data(file);
        List<String> labels = new ArrayList<>();
        Matcher frames = Pattern.compile("\\[\"([^\"]*)\",\"[^\"]*\",\\d\\]").matcher(data);
        while (frames.find()) {
            labels.add(frames.group(1));
        }
        String[] nodes = data.substring(data.indexOf("\"nodes\":[") + 9).split("[],]");
        // Three numbers a node: depth, frame, weight.
        for (int i = 0; i + 4 < nodes.length; i += 3) {
            if (labels.get(Integer.parseInt(nodes[i + 1])).equals(caller)) {
                return labels.get(Integer.parseInt(nodes[i + 4]));
            }
        }
        throw new AssertionError(caller + " calls nothing in " + data);
    }

    private String data(String file) throws IOException {
        String page = Files.readString(directory.resolve(file));
        int start = page.indexOf("type=\"application/json\">");
        return page.substring(start, page.indexOf("</script>", start));
    }
}
