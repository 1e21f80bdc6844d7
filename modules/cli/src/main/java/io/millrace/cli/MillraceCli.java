// SPDX-License-Identifier: Apache-2.0
package io.millrace.cli;

import io.millrace.api.JobDefinitionException;
import io.millrace.runtime.JobRejectedException;
import io.millrace.server.InvalidSettingException;
import io.millrace.server.NodeLogging;
import io.millrace.server.NodeStartException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;

/** The {@code millrace} command. */
@Command(
        name = "millrace",
        description = "A stateful stream processor that lives inside Apache Pekko.",
        mixinStandardHelpOptions = true,
        versionProvider = MillraceCli.Version.class,
        subcommands = {RunCommand.class, DemoCommand.class, PlanCommand.class},
        synopsisSubcommandLabel = "COMMAND")
public final class MillraceCli implements Runnable {
    private final Terminal terminal;
    private final Path workingDirectory;

    @Option(names = "--verbose", scope = ScopeType.INHERIT, description = "Show the stack trace of an error.")
    boolean verbose;

    @CommandLine.Spec
    CommandLine.Model.@Nullable CommandSpec spec;

    private MillraceCli(Terminal terminal, Path workingDirectory) {
        this.terminal = terminal;
        this.workingDirectory = workingDirectory;
    }

    /** Runs the command and ends the process with its exit code. */
    public static void main(String[] args) {
        NodeLogging.silence();
        PrintStream out = System.out;
        PrintStream err = System.err;
        System.exit(execute(Terminal.of(out, err, System.getenv()), Path.of(""), args));
    }

    /** Runs the command and returns its exit code. */
    static int execute(Terminal terminal, Path workingDirectory, String... args) {
        MillraceCli cli = new MillraceCli(terminal, workingDirectory);
        return new CommandLine(cli)
                .setOut(new PrintWriter(terminal.out(), true))
                .setErr(new PrintWriter(terminal.err(), true))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setAbbreviatedOptionsAllowed(false)
                .setUsageHelpWidth(terminal.columns())
                .setParameterExceptionHandler((e, given) -> cli.wrongUsage(e))
                .setExecutionExceptionHandler((e, command, parsed) -> cli.failed(e))
                .execute(args);
    }

    @Override
    public void run() {
        throw new ParameterException(commandLine(), "Which command?");
    }

    private CommandLine commandLine() {
        if (spec == null) {
            throw new IllegalStateException("The command line is not parsed yet");
        }
        return spec.commandLine();
    }

    /** The command's own part of a subcommand's command line. */
    static MillraceCli of(@Nullable MillraceCli cli) {
        if (cli == null) {
            throw new IllegalStateException("A command runs below 'millrace' only");
        }
        return cli;
    }

    Terminal terminal() {
        return terminal;
    }

    /** Where default directories lie. */
    Path workingDirectory() {
        return workingDirectory;
    }

    private int wrongUsage(ParameterException e) {
        CommandLine command = e.getCommandLine();
        PrintStream err = terminal.err();
        err.println(e.getMessage());
        if (e instanceof CommandLine.UnmatchedArgumentException
                && command.getCommandSpec().parent() != null) {
            err.println("A job's own arguments come after --, as in: millrace run -c WordCount -- --input FILE");
        }
        if (command.getCommandSpec().parent() == null) {
            command.usage(err);
        } else {
            err.println("Try 'millrace " + command.getCommandName() + " --help'.");
        }
        return ExitCodes.USAGE;
    }

    private int failed(Exception e) {
        PrintStream err = terminal.err();
        boolean expected = e instanceof UsageException
                || e instanceof NodeStartException
                || e instanceof JobRejectedException
                || e instanceof JobDefinitionException
                || e instanceof JobLostException;
        err.println(expected ? e.getMessage() : "Millrace failed unexpectedly: " + e);
        if (verbose) {
            e.printStackTrace(err);
        } else if (!expected) {
            err.println("With --verbose it shows where.");
        }
        return e instanceof UsageException || e instanceof InvalidSettingException ? ExitCodes.USAGE : ExitCodes.FAILED;
    }

    /** Says which version runs on which Java. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = MillraceCli.class.getPackage().getImplementationVersion();
            return new String[] {
                "Millrace " + (version == null ? "(not packaged)" : version) + " on Java " + Runtime.version()
            };
        }
    }
}
