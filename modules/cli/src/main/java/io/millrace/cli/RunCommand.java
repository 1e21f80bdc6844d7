// SPDX-License-Identifier: Apache-2.0
package io.millrace.cli;

import com.typesafe.config.ConfigFactory;
import io.millrace.api.JobArguments;
import io.millrace.api.StreamJob;
import io.millrace.server.NodeOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code millrace run}. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        versionProvider = MillraceCli.Version.class,
        description = "Runs a job in a node of this process until it ends.",
        footer = {
            "",
            "Started again with the same --dir and --name, a job that was interrupted goes on from its last checkpoint.",
            "A job that fails is restarted from there by itself, but given up when it fails again after 3 restarts in"
                    + " a row. -D restart-strategy.attempts=N allows more, -D restart-strategy.type=exponential-delay"
                    + " any number.",
            "Exit codes: 0 finished, 1 failed or could not start, 2 wrong usage, 130 interrupted.",
        })
final class RunCommand implements Callable<Integer> {
    private static final long PERIOD_MS = 1_000;

    @ParentCommand
    @Nullable
    MillraceCli cli;

    @Option(
            names = {"-c", "--class"},
            paramLabel = "CLASS",
            description = "The job's class: its full name, or the simple name of a registered one.")
    @Nullable
    String className;

    @Option(
            names = {"-p", "--parallelism"},
            paramLabel = "N",
            description = "Subtasks of operators that set no number of their own.")
    @Nullable
    Integer parallelism;

    @Option(names = "--jar", paramLabel = "FILE", description = "A jar with the job's class; may be repeated.")
    List<Path> jars = new ArrayList<>();

    @Option(names = "--name", paramLabel = "NAME", description = "The job's name; default: its simple class name.")
    @Nullable
    String name;

    @Option(names = "--output", paramLabel = "FORMAT", description = "text, or json for one object at the end.")
    OutputFormat output = OutputFormat.TEXT;

    @Mixin
    NodeArguments node = new NodeArguments();

    @Parameters(paramLabel = "ARGS", description = "After --: the job's own arguments.")
    List<String> jobArguments = new ArrayList<>();

    @Override
    public Integer call() throws Exception {
        Terminal terminal = MillraceCli.of(cli).terminal();
        Class<? extends StreamJob> type =
                JobClasses.in(jars, getClass().getClassLoader()).find(className);
        JobRequest request = new JobRequest(
                name == null ? type.getSimpleName() : name,
                type,
                JobArguments.of(jobArguments),
                parallelism == null ? 0 : JobRequest.checkedParallelism(parallelism));
        NodeOptions options = node.options(null, ConfigFactory.empty());

        StatusLine status = new StatusLine(terminal);
        ProgressText text = new ProgressText(System.nanoTime());
        System.setOut(status.guarded());
        JobReport report = new JobSession(status, PERIOD_MS)
                .run(options, request, (progress, nowNs) -> status.show(text.line(progress, nowNs)));
        if (output == OutputFormat.JSON) {
            terminal.out().println(report.json());
        }
        status.say(report.text());
        return report.exitCode();
    }
}
