// SPDX-License-Identifier: Apache-2.0
package io.millrace.server;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * How a node is to start.
 *
 * @param dir the node's directory, created where it is missing; null takes {@code millrace.dir}
 * @param overrides settings that win over all other configuration; keys below {@code millrace} may leave the prefix out
 * @param defaults settings of the program that starts the node: they win over Millrace's own, and give way to all that
 *     was configured; keys are written as in {@code overrides}
 */
public record NodeOptions(@Nullable Path dir, Config overrides, Config defaults) {
    /** A node in that directory with the configuration of the class path and the system properties. */
    public static NodeOptions in(Path dir) {
        return new NodeOptions(dir, ConfigFactory.empty(), ConfigFactory.empty());
    }

    /** The same with other overrides. */
    public NodeOptions withOverrides(Config newOverrides) {
        return new NodeOptions(dir, newOverrides, defaults);
    }

    /** The same with other defaults. */
    public NodeOptions withDefaults(Config newDefaults) {
        return new NodeOptions(dir, overrides, newDefaults);
    }
}
