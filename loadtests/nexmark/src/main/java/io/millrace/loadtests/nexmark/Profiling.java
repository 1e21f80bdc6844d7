// SPDX-License-Identifier: Apache-2.0
package io.millrace.loadtests.nexmark;

import java.lang.reflect.InvocationTargetException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A profile of a run, from {@link #start} to {@link #close}; or none where none was asked for. The profiler is found by
 * name, so that a measurement without one carries none along.
 */
final class Profiling implements AutoCloseable {
    private static final String PROFILER = "io.millrace.loadtests.profile.Profiler";

    private final @Nullable AutoCloseable profiler;

    private Profiling(@Nullable AutoCloseable profiler) {
        this.profiler = profiler;
    }

    /**
     * Starts profiling.
     *
     * @param directory where the profile goes when it is closed; null makes none
     * @throws RunFailedException when there is no profiler, or it does not start
     */
    static Profiling start(@Nullable Path directory) throws RunFailedException {
        if (directory == null) {
            return new Profiling(null);
        }
        try {
            Object started =
                    Class.forName(PROFILER).getMethod("start", Path.class).invoke(null, directory);
            return new Profiling((AutoCloseable) started);
        } catch (InvocationTargetException e) {
            throw new RunFailedException("The profiler does not start: " + e.getCause(), e);
        } catch (ReflectiveOperationException e) {
            throw new RunFailedException(
                    "--profile needs the class " + PROFILER + " on the class path (" + e + "). Leave the option out.",
                    e);
        }
    }

    /**
     * Ends the profile and writes it.
     *
     * @throws RunFailedException when it cannot be written
     */
    @Override
    public void close() throws RunFailedException {
        try {
            if (profiler != null) {
                profiler.close();
            }
        } catch (Exception e) {
            throw new RunFailedException("The profile cannot be written: " + e, e);
        }
    }
}
