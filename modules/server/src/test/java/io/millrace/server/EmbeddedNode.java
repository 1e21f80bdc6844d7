// SPDX-License-Identifier: Apache-2.0
package io.millrace.server;

import com.typesafe.config.ConfigFactory;
import io.millrace.api.JobArguments;
import io.millrace.api.StreamJob;
import io.millrace.runtime.JobHandle;
import io.millrace.runtime.JobOptions;
import io.millrace.runtime.JobProgress;
import io.millrace.runtime.Millrace;
import io.millrace.runtime.protocol.DataMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.apache.pekko.actor.DeadLetter;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** A node of a test, with what tests ask of it. */
final class EmbeddedNode implements AutoCloseable {
    private static final String QUICK = "checkpointing.interval = 100 ms, restart-strategy.type = fixed-delay,"
            + " restart-strategy.delay = 1 ms, restart-strategy.attempts = 100, progress-interval = 50 ms";

    private final MillraceNode node;

    private EmbeddedNode(MillraceNode node) {
        this.node = node;
    }

    static EmbeddedNode start(Path dir, String... settings) throws Exception {
        String all = QUICK + (settings.length == 0 ? "" : ", " + String.join(", ", settings));
        return new EmbeddedNode(MillraceNode.start(
                NodeOptions.in(dir).withOverrides(ConfigFactory.parseString(all).atPath("millrace"))));
    }

    /** Registers something for the functions of jobs. */
    <S> void withService(Class<S> type, S service) {
        Millrace.get(node.system()).withService(type, service);
    }

    JobHandle submit(String name, Class<? extends StreamJob> job, int parallelism, String... args) {
        return Millrace.get(node.system())
                .submit(name, job, JobArguments.of(args), JobOptions.defaults().withParallelism(parallelism));
    }

    static JobProgress await(JobHandle job) throws Exception {
        try {
            return job.result().toCompletableFuture().get(90, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError(
                    "The job has not ended: "
                            + job.progress().toCompletableFuture().join(),
                    e);
        }
    }

    /** Counts data that was sent to nobody, from now on. */
    AtomicLong countLostData() {
        AtomicLong lost = new AtomicLong();
        ActorRef<DeadLetter> counter = node.system()
                .systemActorOf(
                        Behaviors.<DeadLetter>receiveMessage(letter -> {
                            if (letter.message() instanceof DataMessage) {
                                lost.incrementAndGet();
                            }
                            return Behaviors.same();
                        }),
                        "lost-data",
                        Props.empty());
        Adapter.toClassic(node.system()).eventStream().subscribe(Adapter.toClassic(counter), DeadLetter.class);
        return lost;
    }

    /** The lines of all visible part files, sorted. */
    static List<String> committedLines(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> !file.getFileName().toString().startsWith("."))
                    .flatMap(EmbeddedNode::lines)
                    .sorted()
                    .toList();
        }
    }

    private static Stream<String> lines(Path file) {
        try {
            return Files.readAllLines(file).stream();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        node.close();
    }
}
