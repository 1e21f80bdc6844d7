// SPDX-License-Identifier: Apache-2.0
package io.millrace.cli;

import io.millrace.api.DefinitionContext;
import io.millrace.api.JobArguments;
import io.millrace.api.JobDefinitionException;
import io.millrace.api.StreamEnvironment;
import io.millrace.api.StreamJob;
import io.millrace.plan.JobGraph;
import io.millrace.plan.PlanDescription;
import io.millrace.plan.PlanText;
import io.millrace.plan.Planner;
import io.millrace.runtime.definition.CodecChecks;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code millrace plan}. */
@Command(
        name = "plan",
        mixinStandardHelpOptions = true,
        versionProvider = MillraceCli.Version.class,
        description = "Shows the job graph that a job becomes, without running it.")
final class PlanCommand implements Callable<Integer> {
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
            description = "Subtasks of operators that set no number of their own; default: ${DEFAULT-VALUE}.")
    int parallelism = 1;

    @Option(names = "--jar", paramLabel = "FILE", description = "A jar with the job's class; may be repeated.")
    List<Path> jars = new ArrayList<>();

    @Option(names = "--output", paramLabel = "FORMAT", description = "text or json.")
    OutputFormat output = OutputFormat.TEXT;

    @Parameters(paramLabel = "ARGS", description = "After --: the job's own arguments.")
    List<String> jobArguments = new ArrayList<>();

    @Override
    public Integer call() throws Exception {
        Terminal terminal = MillraceCli.of(cli).terminal();
        JobClasses classes = JobClasses.in(jars, getClass().getClassLoader());
        Class<? extends StreamJob> type = classes.find(className);
        Thread.currentThread().setContextClassLoader(classes.loader());
        StreamEnvironment env = new StreamEnvironment(
                DefinitionContext.local(JobArguments.of(jobArguments), JobRequest.checkedParallelism(parallelism)));
        define(type, env);
        JobGraph graph = Planner.plan(env.logicalPlan(), type, CodecChecks.of(env.logicalPlan(), classes.loader()));
        terminal.out()
                .println(
                        output == OutputFormat.JSON
                                ? JobReport.json(PlanDescription.of(graph), true)
                                : PlanText.of(graph).stripTrailing());
        return ExitCodes.FINISHED;
    }

    private static void define(Class<? extends StreamJob> type, StreamEnvironment env) {
        try {
            type.getConstructor().newInstance().define(env);
        } catch (JobDefinitionException e) {
            throw e;
        } catch (Exception e) {
            Throwable cause =
                    e instanceof java.lang.reflect.InvocationTargetException && e.getCause() != null ? e.getCause() : e;
            String reason = cause.getMessage() == null ? cause.toString() : cause.getMessage();
            throw new JobDefinitionException("The job " + type.getName() + " cannot be defined: " + reason, cause);
        }
    }
}
