// SPDX-License-Identifier: Apache-2.0
package io.millrace.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import io.millrace.api.JobArguments;
import io.millrace.api.StreamJob;
import io.millrace.runtime.JobOptions;
import io.millrace.runtime.JobProgress;
import io.millrace.runtime.JobStatus;
import io.millrace.runtime.Millrace;
import io.millrace.server.MillraceNode;
import io.millrace.server.NodeOptions;
import io.millrace.server.NodeStartException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** A node that all tests of the module share, started when the first of them asks for it. */
final class ExampleNode implements ParameterResolver {
    /** A node that runs jobs to their end. */
    static final class Running implements AutoCloseable {
        private final MillraceNode node;

        private Running() {
            try {
                node = MillraceNode.start(NodeOptions.in(Files.createTempDirectory("millrace-examples-"))
                        .withOverrides(ConfigFactory.parseString(
                                "millrace { checkpointing.interval = 100 ms, progress-interval = 50 ms,"
                                        + " restart-strategy.type = none }")));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (NodeStartException e) {
                throw new IllegalStateException(e);
            }
        }

        /**
         * Runs a job until it has finished.
         *
         * @param batchSize most records that are sent together
         */
        JobProgress run(Class<? extends StreamJob> job, int parallelism, int batchSize, String... args)
                throws Exception {
            JobOptions options = JobOptions.defaults()
                    .withParallelism(parallelism)
                    .withOverrides(
                            ConfigFactory.parseString("channel.credits = 64, channel.batch-size = " + batchSize));
            JobProgress end = Millrace.get(node.system())
                    .submit(job.getSimpleName() + "-" + UUID.randomUUID(), job, JobArguments.of(args), options)
                    .result()
                    .toCompletableFuture()
                    .get(60, TimeUnit.SECONDS);
            assertThat(end.status()).as("%s", end.failure()).isEqualTo(JobStatus.FINISHED);
            return end;
        }

        @Override
        public void close() {
            node.close();
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Running.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(ExtensionContext.Namespace.create(ExampleNode.class))
                .getOrComputeIfAbsent(Running.class, type -> new Running(), Running.class);
    }
}
