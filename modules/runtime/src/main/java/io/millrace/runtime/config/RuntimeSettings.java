// SPDX-License-Identifier: Apache-2.0
package io.millrace.runtime.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import io.millrace.checkpoint.coordination.CheckpointSettings;
import io.millrace.runtime.channel.ChannelSettings;
import io.millrace.runtime.job.JobSettings;
import io.millrace.runtime.job.RestartSettings;
import io.millrace.runtime.loop.LoopSettings;
import io.millrace.runtime.subtask.SubtaskSettings;
import io.millrace.state.StateBackend;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;

/**
 * What the runtime reads below {@code millrace}.
 *
 * @param parallelism default parallelism of jobs
 * @param maxParallelism default number of key groups
 * @param slots slots of this node
 * @param checkpointDirectory where snapshots are kept
 * @param stateBackend where keyed state is held
 * @param specialiseChains true when each vertex runs classes of its own
 * @param job settings of coordinators
 * @param subtask settings of subtasks
 */
public record RuntimeSettings(
        int parallelism,
        int maxParallelism,
        int slots,
        Path checkpointDirectory,
        StateBackend stateBackend,
        boolean specialiseChains,
        JobSettings job,
        SubtaskSettings subtask) {
    /**
     * Reads the settings.
     *
     * @param config a resolved configuration with a {@code millrace} section
     * @throws IllegalArgumentException naming the key, what was found and what is allowed
     */
    public static RuntimeSettings of(Config config) {
        try {
            Config millrace = config.getConfig("millrace");
            return new RuntimeSettings(
                    positive(millrace, "parallelism"),
                    positive(millrace, "max-parallelism"),
                    positive(millrace, "slots"),
                    Path.of(millrace.getString("checkpointing.dir")),
                    StateBackends.named(millrace.getString("state.backend")),
                    millrace.getBoolean("chain.specialise"),
                    job(millrace),
                    subtask(millrace));
        } catch (ConfigException e) {
            throw new IllegalArgumentException("The configuration is wrong: " + e.getMessage(), e);
        }
    }

    private static JobSettings job(Config millrace) {
        Config checkpointing = millrace.getConfig("checkpointing");
        CheckpointSettings checkpoints = new CheckpointSettings(
                checkpointing.getDuration("interval").toMillis(),
                checkpointing.getDuration("timeout").toMillis(),
                checkpointing.getDuration("min-pause").toMillis(),
                checkpointing.getInt("tolerable-failures"),
                checkpointing.getInt("retain"));
        return new JobSettings(
                checkpoints,
                choice(millrace, "checkpointing.mode", "exactly-once", "at-least-once")
                        .equals("exactly-once"),
                restart(millrace),
                millrace.getDuration("recovery.deployment-timeout").toMillis(),
                millrace.getDuration("recovery.resend-interval").toMillis(),
                choice(millrace, "checkpointing.on-corrupt", "fall-back", "fail")
                        .equals("fall-back"));
    }

    private static RestartSettings restart(Config millrace) {
        Config restart = millrace.getConfig("restart-strategy");
        String type =
                choice(millrace, "restart-strategy.type", "exponential-delay", "fixed-delay", "failure-rate", "none");
        return new RestartSettings(
                RestartSettings.Type.valueOf(type.replace('-', '_').toUpperCase(Locale.ROOT)),
                restart.getDuration("delay").toMillis(),
                restart.getDuration("max-delay").toMillis(),
                restart.getDouble("multiplier"),
                restart.getDuration("reset-after").toMillis(),
                restart.getInt("attempts"),
                restart.getDuration("rate-interval").toMillis());
    }

    private static SubtaskSettings subtask(Config millrace) {
        Config channel = millrace.getConfig("channel");
        return new SubtaskSettings(
                new ChannelSettings(
                        channel.getInt("credits"), channel.getInt("batch-size"), channel.getInt("max-overdraft")),
                duration(millrace, "turn.budget"),
                duration(millrace, "channel.flush-after"),
                duration(millrace, "progress-interval"),
                new LoopSettings(
                        Path.of(millrace.getString("loop.dir")),
                        millrace.getInt("loop.memory-records"),
                        millrace.getBytes("loop.disk-budget")));
    }

    private static Duration duration(Config config, String path) {
        Duration duration = config.getDuration(path);
        if (duration.isNegative() || duration.isZero()) {
            throw new IllegalArgumentException("millrace." + path + " must be more than 0, not " + duration + ".");
        }
        return duration;
    }

    private static int positive(Config config, String path) {
        int value = config.getInt(path);
        if (value < 1) {
            throw new IllegalArgumentException("millrace." + path + " must be at least 1, not " + value + ".");
        }
        return value;
    }

    private static String choice(Config config, String path, String... allowed) {
        String value = config.getString(path);
        for (String candidate : allowed) {
            if (candidate.equals(value)) {
                return value;
            }
        }
        throw new IllegalArgumentException(
                "The setting millrace." + path + " takes one of " + String.join(", ", allowed) + ", not '" + value
                        + "' (from " + config.getValue(path).origin().description() + ").");
    }
}
