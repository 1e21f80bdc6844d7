// SPDX-License-Identifier: Apache-2.0
package io.millrace.api;

import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What has to be the same in every definition of a job: the engine journals it with the job.
 *
 * @param args the job's arguments
 * @param startTime when the job was first started
 * @param defaultParallelism parallelism of operators that set none, at least 1
 * @param defaultMaxParallelism number of key groups of the job, at least 1
 * @param onceValues values of {@link StreamEnvironment#once}, by name; the coordinator's definition fills it, every
 *     other definition reads it
 * @param mayCreateOnceValues true in the coordinator's first definition alone
 */
@Internal
public record DefinitionContext(
        JobArguments args,
        Instant startTime,
        int defaultParallelism,
        int defaultMaxParallelism,
        Map<String, String> onceValues,
        boolean mayCreateOnceValues) {
    public static final int DEFAULT_MAX_PARALLELISM = 4096;

    /** A context for definitions outside a cluster (plans, tests). */
    public static DefinitionContext local(JobArguments args, int parallelism) {
        return new DefinitionContext(
                args, Instant.EPOCH, parallelism, DEFAULT_MAX_PARALLELISM, new ConcurrentHashMap<>(), true);
    }

    String once(String name, Supplier<String> supplier) {
        String known = onceValues.get(name);
        if (known != null) {
            return known;
        }
        if (!mayCreateOnceValues) {
            throw new JobDefinitionException("env.once(\"" + name + "\", ..) was not called when the job was first"
                    + " defined, so it has no journalled value. define() must make the same calls every time.");
        }
        @Nullable String created = supplier.get();
        if (created == null) {
            throw new JobDefinitionException(
                    "The supplier of env.once(\"" + name + "\", ..) gave null: a journalled value is a text.");
        }
        onceValues.put(name, created);
        return created;
    }
}
