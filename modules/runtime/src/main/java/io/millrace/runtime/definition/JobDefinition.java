// SPDX-License-Identifier: Apache-2.0
package io.millrace.runtime.definition;

import io.millrace.api.DefinitionContext;
import io.millrace.api.JobArguments;
import io.millrace.api.JobDefinitionException;
import io.millrace.api.StreamEnvironment;
import io.millrace.api.StreamJob;
import io.millrace.plan.JobGraph;
import io.millrace.plan.Planner;
import io.millrace.plan.TypeChecks;
import io.millrace.runtime.chain.OperatorFailedException;
import io.millrace.runtime.protocol.JobSpec;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/**
 * One definition of a job.
 *
 * @param graph the job graph, with functions of its own
 * @param onceValues the values of {@code env.once}, to be journalled
 * @param loader the class loader of the job's classes
 */
public record JobDefinition(JobGraph graph, Map<String, String> onceValues, ClassLoader loader) {
    /**
     * Defines a job; runs user code and may block.
     *
     * @param journalled the journalled values of {@code env.once}; empty at the first definition
     * @param first true for the definition that may make such values
     * @throws JobDefinitionException in words, when the class or its definition is wrong
     */
    public static JobDefinition of(JobSpec job, Map<String, String> journalled, boolean first, JobClasses classes) {
        ClassLoader loader = classes.loaderOf(job.jobClass());
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try {
            StreamJob instance = instantiate(job.jobClass(), loader);
            Map<String, String> onceValues = new TreeMap<>(journalled);
            StreamEnvironment env = new StreamEnvironment(new DefinitionContext(
                    JobArguments.of(job.args()),
                    Instant.ofEpochMilli(job.startTimeMs()),
                    job.parallelism(),
                    job.maxParallelism(),
                    onceValues,
                    first));
            define(instance, env);
            // Later definitions are held against the first by their fingerprints, declared types included.
            TypeChecks types = first ? CodecChecks.of(env.logicalPlan(), loader) : TypeChecks.NONE;
            return new JobDefinition(Planner.plan(env.logicalPlan(), instance.getClass(), types), onceValues, loader);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static void define(StreamJob instance, StreamEnvironment env) {
        try {
            instance.define(env);
        } catch (JobDefinitionException | IllegalArgumentException e) {
            throw e;
        } catch (Throwable e) {
            OperatorFailedException.throwIfFatal(e);
            throw new JobDefinitionException(
                    "The definition of " + instance.getClass().getName() + " failed: " + e, e);
        }
    }

    private static StreamJob instantiate(String jobClass, ClassLoader loader) {
        Class<?> found;
        try {
            found = Class.forName(jobClass, true, loader);
        } catch (ClassNotFoundException | LinkageError e) {
            throw new JobDefinitionException(
                    "The job's class " + jobClass + " cannot be loaded (" + e + "). Put it on the class path.", e);
        }
        if (!StreamJob.class.isAssignableFrom(found)) {
            throw new JobDefinitionException(
                    jobClass + " is no stream job: it must implement " + StreamJob.class.getName() + ".");
        }
        try {
            Constructor<? extends StreamJob> constructor =
                    found.asSubclass(StreamJob.class).getDeclaredConstructor();
            constructor.setAccessible(true);
            return constructor.newInstance();
        } catch (NoSuchMethodException e) {
            throw new JobDefinitionException(
                    jobClass + " has no constructor without arguments. Give it one, and pass settings as arguments of"
                            + " the job (env.args()).",
                    e);
        } catch (InvocationTargetException e) {
            throw new JobDefinitionException("The constructor of " + jobClass + " failed: " + e.getCause(), e);
        } catch (ReflectiveOperationException | RuntimeException e) {
            throw new JobDefinitionException("An instance of " + jobClass + " cannot be made: " + e, e);
        }
    }
}
