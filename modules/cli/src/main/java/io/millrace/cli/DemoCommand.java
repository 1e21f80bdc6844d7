// SPDX-License-Identifier: Apache-2.0
package io.millrace.cli;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import io.millrace.api.JobArguments;
import io.millrace.examples.FlightDelaysDemo;
import io.millrace.examples.LiveBoard;
import io.millrace.runtime.JobProgress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code millrace demo}. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        versionProvider = MillraceCli.Version.class,
        description = "Replays January 2001's flights of the USA and shows the worst delays of each hour.",
        footer = {
            "",
            "Interrupted with Ctrl-C or killed, the demo goes on from its last checkpoint when it is started again.",
            "Once it has finished, the next one replaces its default directory and starts afresh.",
        })
final class DemoCommand implements Callable<Integer> {
    static final String JOB_NAME = "flight-delays-demo";
    private static final Path DEFAULT_DIR = Path.of("millrace-data", "demo");

    /** The 31 days of the data in about 30 seconds. */
    private static final double DEFAULT_SPEEDUP = 89_280;

    private static final long REDRAW_MS = 250;
    private static final long PRINT_MS = 1_000;

    @ParentCommand
    @Nullable
    MillraceCli cli;

    @ArgGroup
    Pace pace = new Pace();

    @Option(names = "--input", paramLabel = "FILE", description = "Flights to replay; default: the example data.")
    @Nullable
    String input;

    @Option(names = "--output", paramLabel = "DIR", description = "Where results go; default: 'output' below --dir.")
    @Nullable
    Path output;

    @Option(
            names = {"-p", "--parallelism"},
            paramLabel = "N",
            description = "Subtasks of each operator.")
    @Nullable
    Integer parallelism;

    @Mixin
    NodeArguments node = new NodeArguments();

    /** How fast to replay. */
    static final class Pace {
        @Option(names = "--speedup", paramLabel = "X", description = "Times faster than the flights left.")
        double speedup = DEFAULT_SPEEDUP;

        @Option(names = "--fast", description = "As fast as the machine can.")
        boolean fast;
    }

    @Override
    public Integer call() throws Exception {
        Terminal terminal = MillraceCli.of(cli).terminal();
        StatusLine status = new StatusLine(terminal);
        DemoDirectory directory = new DemoDirectory(
                node.dir == null ? MillraceCli.of(cli).workingDirectory().resolve(DEFAULT_DIR) : node.dir);
        JobRequest request = request(directory);
        if (directory.hasEnded()) {
            if (node.dir != null) {
                status.say("The demo of " + directory.path() + " has ended already. To see it again, delete that "
                        + "directory or name another with --dir.");
                return ExitCodes.FINISHED;
            }
            directory.clear();
        }
        Path result = resultOf(request);
        status.say("Replaying flights; files are kept in " + directory.path() + ". Ctrl-C stops.");

        LiveBoard.forget(JOB_NAME);
        boolean redraws = terminal.outRedraws();
        DemoScreen screen = new DemoScreen(terminal);
        ProgressText text = new ProgressText(System.nanoTime());
        JobWatch.Display display = (progress, nowNs) -> {
            LiveBoard.Snapshot board = LiveBoard.of(JOB_NAME).snapshot();
            if (redraws) {
                screen.redraw(board, text.line(progress, nowNs));
            } else {
                screen.print(board, nowNs);
                status.show(text.line(progress, nowNs));
            }
        };
        JobReport report = new JobSession(status, redraws ? REDRAW_MS : PRINT_MS)
                .run(node.options(directory.path(), defaults()), request, display);
        if (report.progress().status().isTerminal()) {
            directory.markEnded();
        }
        if (redraws) {
            display.show(report.progress(), System.nanoTime());
        }
        status.say(summary(report, result));
        return report.exitCode();
    }

    private JobRequest request(DemoDirectory directory) throws UsageException {
        if (!(pace.speedup > 0)) {
            throw new UsageException("--speedup takes a number above 0, not " + pace.speedup + ".");
        }
        Path result = output == null ? directory.path().resolve("output") : output;
        List<String> args = new ArrayList<>(
                List.of("--output", result.toAbsolutePath().normalize().toString()));
        if (pace.fast) {
            args.add("--fast");
        } else {
            args.addAll(List.of("--speedup", Double.toString(pace.speedup)));
        }
        if (input != null) {
            args.addAll(List.of(
                    "--input", Path.of(input).toAbsolutePath().normalize().toString()));
        }
        int subtasks = parallelism == null ? 0 : JobRequest.checkedParallelism(parallelism);
        return new JobRequest(JOB_NAME, FlightDelaysDemo.class, JobArguments.of(args), subtasks);
    }

    private static Path resultOf(JobRequest request) {
        return Path.of(request.args().require("output"));
    }

    /** A checkpoint each second, so that one can be seen while the demo runs. */
    private static Config defaults() {
        return ConfigFactory.parseString(
                "checkpointing.interval = 1 s", ConfigParseOptions.defaults().setOriginDescription("the demo"));
    }

    private static String summary(JobReport report, Path result) {
        if (report.exitCode() != ExitCodes.FINISHED) {
            return report.text();
        }
        JobProgress progress = report.progress();
        long windows = LiveBoard.of(JOB_NAME).snapshot().windows();
        return "The demo " + report.finishedIn() + ": " + ProgressText.grouped(progress.recordsRead())
                + " flights read ("
                + ProgressText.grouped(ProgressText.perSecond(progress.recordsRead(), report.elapsedNs())) + "/s), "
                + ProgressText.counted(windows, "window") + ", "
                + report.counts() + "."
                + System.lineSeparator()
                + "The result, a line for each airport and hour, lies in " + result + ".";
    }
}
